"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { MODE_TEXTS } from "#components/routing/mode-texts.ts";
import { PlanExcluded, PlanTargets } from "#components/routing/plan-view.tsx";
import { Select } from "#components/routing/select.tsx";
import { Field } from "#components/ui/field.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { LoadingRegion, Skeleton } from "#components/ui/skeleton.tsx";
import { useIsHydrated } from "#components/ui/use-from-browser.ts";
import { routePlanOptions } from "#lib/queries/routes.ts";
import type { RoutePlanDto, TryRouteInput } from "#lib/services/route-versions/plans/schemas.ts";
import type { RouteDraftDto } from "#lib/services/route-versions/schemas.ts";
import type { FunctionRow } from "./function-row.ts";
import { tryParams } from "./search-params.ts";

type Need = NonNullable<TryRouteInput["needs"]>[number];

/** What a person can say that a request asks for; the rest is in the request itself. */
const NEED_TEXTS: Readonly<Partial<Record<Need, string>>> = {
  tools: "Tools",
  vision: "Images",
  files: "Files",
  audio: "Audio",
  json: "JSON by a schema",
  reasoning: "Reasoning effort",
  seed: "A seed",
  logprobs: "Log probabilities",
  n: "Several answers",
  "logit-bias": "Logit bias",
};
const NEEDS = Object.keys(NEED_TEXTS) as Need[];
const KNOWN_NEEDS: ReadonlySet<string> = new Set(NEEDS);

const SOURCES = [
  { value: "published", label: "In force" },
  { value: "draft", label: "Draft" },
] as const;

interface TryViewProps {
  tenant: string;
  draft: RouteDraftDto;
  functions: readonly FunctionRow[];
}

/** Where a request would go and why, without calling anything. */
export function TryView({ tenant, draft, functions }: TryViewProps) {
  const [state, setState] = useQueryStates(tryParams);
  const isHydrated = useIsHydrated();
  const asked = functions.find(({ slug }) => slug === state.function) ?? functions[0];
  const needs = state.needs.filter((need): need is Need => KNOWN_NEEDS.has(need));
  const source = draft.isUntouched ? "published" : state.source;
  const toggle = (need: Need, isOn: boolean) =>
    void setState({ needs: isOn ? [...needs, need] : needs.filter((other) => other !== need) });
  if (asked === undefined) return null;
  return (
    <section aria-labelledby="try-heading" className="flex flex-col gap-3">
      <div className="flex flex-col gap-0.5">
        <h2 id="try-heading" className="font-semibold">
          Try a request
        </h2>
        <p className="max-w-prose text-ink-muted">
          Say what a request asks for and see where it would go, and why. Nothing is called and nothing is charged.
        </p>
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-[20rem_1fr]">
        <div className="panel flex flex-col gap-4 p-4">
          <Field label="Function" name="function">
            <Select
              value={asked.slug}
              onChange={(slug) => void setState({ function: slug })}
              options={functions.map(({ slug, name }) => ({ value: slug, label: name }))}
            />
          </Field>
          {!draft.isUntouched && (
            <div className="flex flex-col items-start gap-1.5">
              <p className="text-sm font-medium">By which routing</p>
              <Segmented
                label="By which routing"
                value={source}
                onChange={(value) => void setState({ source: value })}
                options={SOURCES}
              />
            </div>
          )}
          <fieldset disabled={!isHydrated} className="grid grid-cols-2 gap-1 lg:grid-cols-1">
            <legend className="pb-1 text-sm font-medium">The request asks for</legend>
            {NEEDS.map((need) => (
              <label key={need} className="flex min-h-6 items-center gap-2">
                <input
                  type="checkbox"
                  className="size-4 accent-accent-line"
                  checked={needs.includes(need)}
                  onChange={(event) => toggle(need, event.target.checked)}
                />
                {NEED_TEXTS[need]}
              </label>
            ))}
          </fieldset>
        </div>
        <Plan tenant={tenant} input={{ source, function: asked.slug, needs }} revision={draft.revision} />
      </div>
    </section>
  );
}

function Plan({ tenant, input, revision }: { tenant: string; input: TryRouteInput; revision: number }) {
  const query = useQuery(routePlanOptions(tenant, input, revision));
  if (query.data) return <PlanPanel plan={query.data} />;
  if (query.error) {
    return (
      <ErrorState
        title="The plan could not be made."
        error={query.error}
        onRetry={() => void query.refetch()}
        isRetrying={query.isFetching}
      />
    );
  }
  return (
    <LoadingRegion label="Loading the plan">
      <Skeleton className="h-64" />
    </LoadingRegion>
  );
}

function PlanPanel({ plan }: { plan: RoutePlanDto }) {
  return (
    <div className="flex min-w-0 flex-col gap-4" aria-live="polite">
      <section aria-labelledby="targets-heading" className="panel flex flex-col gap-2 p-4">
        <div className="flex flex-col gap-0.5">
          <h3 id="targets-heading" className="font-semibold">
            Tried in this order
          </h3>
          <p className="text-sm text-ink-muted">
            {MODE_TEXTS[plan.mode].title}
            {plan.tier && `, ${plan.tier} tier`},{" "}
            {plan.source === "draft" ? "by the draft" : `by version ${plan.routeVersion}`}
          </p>
        </div>
        <PlanTargets targets={plan.targets} />
      </section>
      {plan.excluded.length > 0 && (
        <section aria-labelledby="excluded-heading" className="panel flex flex-col gap-2 p-4">
          <h3 id="excluded-heading" className="font-semibold">
            Passed over
          </h3>
          <PlanExcluded excluded={plan.excluded} />
        </section>
      )}
    </div>
  );
}
