import { ProviderName } from "#components/charts/provider-name.tsx";
import { Badge } from "#components/ui/badge.tsx";
import type { TargetRef } from "./edit-config.ts";
import type { OwnConnection } from "./own-connections.ts";

/** A target as a chain names it, with its connection where the chain is particular about it. */
export function TargetName({ target, connections }: { target: TargetRef; connections: readonly OwnConnection[] }) {
  const { provider, model, connectionId } = target;
  return (
    <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-0.5">
      <ProviderName provider={provider} />
      <span className="figures text-sm break-all">{model}</span>
      {connectionId !== null && (
        <Badge>{connections.find(({ id }) => id === connectionId)?.name ?? "a connection that is gone"}</Badge>
      )}
    </span>
  );
}
