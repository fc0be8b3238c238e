"use client";

import { useQueryState } from "nuqs";
import { toast } from "sonner";
import { ProviderName } from "#components/charts/provider-name.tsx";
import { useMay } from "#components/shell/console-context.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { useSaveDraft } from "#lib/queries/routes.ts";
import type { RouteDraftDto } from "#lib/services/route-versions/schemas.ts";
import type { TargetRef } from "./edit-config.ts";
import { useOwnConnections } from "./own-connections.ts";
import { DEFAULT_CHAIN, routingSearchParams } from "./search-params.ts";

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
      {chain.map(({ provider, model, connectionId }, index) => (
        <li key={`${provider}/${model} ${connectionId}`} className="flex flex-wrap items-center gap-x-2 text-sm">
          <span aria-hidden className="figures w-3 text-ink-subtle">
            {index + 1}
          </span>
          <ProviderName provider={provider} />
          <span className="figures">{model}</span>
          {connectionId && <Badge>{connections.find(({ id }) => id === connectionId)?.name ?? "One connection"}</Badge>}
        </li>
      ))}
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
