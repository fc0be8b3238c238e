import type { WireId } from "#lib/gateway/contract/wire.ts";
import type { ProviderAccount } from "./account.ts";

/**
 * Messages, or a response's input, with their `developer` as `system`, for a provider that knows instructions by their
 * older name alone. Undefined: there is nothing to rename.
 */
export function renameDeveloper({ entry }: ProviderAccount, wire: WireId, items: unknown): unknown[] | undefined {
  if (entry.wires[wire]?.developerRole !== "system") return undefined;
  if (!Array.isArray(items) || !items.some(isDeveloper)) return undefined;
  return items.map((item) => (isDeveloper(item) ? { ...item, role: "system" } : item));
}

function isDeveloper(item: unknown): item is { role: "developer" } {
  return (item as { role?: unknown } | null)?.role === "developer";
}
