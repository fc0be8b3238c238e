"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { toast } from "sonner";
import { MODE_TEXTS, type Mode } from "#components/routing/mode-texts.ts";
import { isConflict } from "#components/routing/refusal.tsx";
import { Select } from "#components/routing/select.tsx";
import { useConsole, useMay } from "#components/shell/console-context.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { formatDateTime } from "#lib/format/time.ts";
import { routeDraftOptions, useDiscardDraft, useSaveDraft } from "#lib/queries/routes.ts";
import type { RouteDraftDto } from "#lib/services/route-versions/schemas.ts";
import { OvertakenNotice } from "./overtaken-notice.tsx";
import { routingSearchParams } from "./search-params.ts";

/** What is in force, and whether somebody is working on what comes next. */
export function DraftPanel({ tenant, draft }: { tenant: string; draft: RouteDraftDto }) {
  const mayWrite = useMay("route:write");
  const { role } = useConsole();
  const { published, config } = draft;
  return (
    <div className="flex flex-col gap-3">
      <section
        aria-label="State of the routing"
        className="panel flex flex-wrap items-center justify-between gap-3 p-4"
      >
        <div className="flex flex-col gap-1">
          <p className="flex flex-wrap items-center gap-2">
            {!mayWrite && <span className="font-semibold">{MODE_TEXTS[config.mode].title}</span>}
            {draft.isUntouched ? <Badge>No draft</Badge> : <Badge tone="selected">Draft, not in force</Badge>}
          </p>
          <p className="text-sm text-ink-muted">
            Version <span className="figures text-ink">{published.number}</span> is in force, published by{" "}
            <span className="text-ink">{published.publishedBy}</span> on{" "}
            <span className="figures">{formatDateTime(published.publishedAt)}</span>.
          </p>
          {draft.updatedAt && (
            <p className="text-sm text-ink-muted">
              The draft began as a copy of version <span className="figures text-ink">{draft.basedOn}</span>; last
              changed by <span className="text-ink">{draft.updatedBy}</span> on{" "}
              <span className="figures">{formatDateTime(draft.updatedAt)}</span>.
            </p>
          )}
          {!mayWrite && (
            <p className="text-sm text-ink-muted">
              You can read this but not change it: your role here is {role}, and only owners and admins change the
              routing.
            </p>
          )}
        </div>
        {mayWrite && <DraftMode tenant={tenant} draft={draft} />}
        {mayWrite && !draft.isUntouched && <DraftActions tenant={tenant} draft={draft} />}
      </section>
      {mayWrite && <OvertakenNotice tenant={tenant} draft={draft} />}
    </div>
  );
}

const MODE_OPTIONS = (Object.keys(MODE_TEXTS) as Mode[]).map((value) => ({ value, label: MODE_TEXTS[value].title }));

/** The mode that the draft is for: chains can be written before their mode is in force. */
function DraftMode({ tenant, draft }: { tenant: string; draft: RouteDraftDto }) {
  const save = useSaveDraft(tenant);
  const { config, revision, basedOn } = draft;
  const change = (mode: Mode) =>
    save.mutate(
      { config: { ...config, mode }, revision, basedOn },
      { onError: (error) => toast.error("The draft was not changed", { description: error.message }) },
    );
  return (
    <div className="w-56">
      <Field label="Mode" name="mode">
        <Select value={config.mode} onChange={change} options={MODE_OPTIONS} isDisabled={save.isPending} />
      </Field>
    </div>
  );
}

function DraftActions({ tenant, draft }: { tenant: string; draft: RouteDraftDto }) {
  const client = useQueryClient();
  const [, setReview] = useQueryState("review", routingSearchParams.review.withOptions({ history: "push" }));
  const discard = useDiscardDraft(tenant);
  const onDiscard = () =>
    discard.mutate(
      { revision: draft.revision },
      {
        onSuccess: () => toast.success("The draft is discarded", { description: "What is in force stays as it is." }),
        onError: (error) => {
          toast.error("The draft was not discarded", { description: error.message });
          if (isConflict(error)) void client.invalidateQueries({ queryKey: routeDraftOptions(tenant).queryKey });
        },
      },
    );
  return (
    <div className="flex flex-wrap gap-2">
      <Button onClick={onDiscard} disabled={discard.isPending} focusableWhenDisabled>
        Discard draft
      </Button>
      <Button variant="primary" onClick={() => void setReview(1)}>
        Review and publish
      </Button>
    </div>
  );
}
