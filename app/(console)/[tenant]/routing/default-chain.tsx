"use client";

import { useQueryState } from "nuqs";
import { toast } from "sonner";
import { useMay } from "#components/shell/console-context.tsx";
import { Button } from "#components/ui/button.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { formatPatience } from "#lib/format/patience.ts";
import { useSaveDraft } from "#lib/queries/routes.ts";
import type { RouteDraftDto } from "#lib/services/route-versions/schemas.ts";
import type { TargetRef } from "./edit-config.ts";
import { useOwnConnections } from "./own-connections.ts";
import { DEFAULT_CHAIN, routingSearchParams } from "./search-params.ts";
import { TargetName } from "./target-name.tsx";
import { targetKey } from "./target-ref.ts";

/** The chain of every function that has none of its own, and what comes after it. */
export function DefaultChain({ tenant, draft }: { tenant: string; draft: RouteDraftDto }) {
  const mayWrite = useMay("route:write");
  const [, setEdit] = useQueryState("edit", routingSearchParams.edit.withOptions({ history: "push" }));
  const chain = draft.config.chain ?? [];
  return (
    <section aria-labelledby="default-heading" className="panel flex flex-col gap-4 p-4">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="flex flex-col gap-0.5">
          <h2 id="default-heading" className="font-semibold">
            Default chain
          </h2>
          <p className="text-sm text-ink-muted">Serves every function that has no chain of its own.</p>
        </div>
        {mayWrite && (
          <Button size="small" onClick={() => void setEdit(DEFAULT_CHAIN)}>
            Edit default chain
          </Button>
        )}
      </div>
      {chain.length === 0 ? (
        <p className="text-sm text-ink-muted">It names no target yet.</p>
      ) : (
        <ChainLine tenant={tenant} chain={chain} />
      )}
      {draft.config.mode === "bring-your-own" && <PlatformFallback tenant={tenant} draft={draft} mayWrite={mayWrite} />}
    </section>
  );
}

function ChainLine({ tenant, chain }: { tenant: string; chain: readonly TargetRef[] }) {
  const connections = useOwnConnections(tenant);
  return (
    <ol className="flex flex-col gap-1">
      {chain.map((target, index) => {
        const patience = formatPatience(target);
        return (
          <li key={targetKey(target)} className="flex gap-x-2 text-sm">
            <span aria-hidden className="figures w-3 shrink-0 text-ink-subtle">
              {index + 1}
            </span>
            <span className="flex min-w-0 flex-col">
              <TargetName target={target} connections={connections} />
              {patience && <span className="text-xs text-ink-subtle">Gets {patience}.</span>}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function PlatformFallback({ tenant, draft, mayWrite }: { tenant: string; draft: RouteDraftDto; mayWrite: boolean }) {
  const save = useSaveDraft(tenant);
  const { config, revision, basedOn } = draft;
  const isOn = config.hasPlatformFallback ?? false;
  const change = (hasPlatformFallback: boolean) =>
    save.mutate(
      { config: { ...config, hasPlatformFallback }, revision, basedOn },
      { onError: (error) => toast.error("The draft was not changed", { description: error.message }) },
    );
  return (
    <div className="border-t pt-4">
      <Switch
        label="Let the platform’s accounts come last"
        description="Off, a call whose own targets all fail is refused. On, the platform’s accounts are tried after them, and the operator’s account is charged for those calls."
        isOn={save.isPending ? !isOn : isOn}
        onChange={change}
        isReadOnly={!mayWrite || save.isPending}
      />
    </div>
  );
}
