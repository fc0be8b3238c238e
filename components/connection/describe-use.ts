import type { ConnectionUse } from "#lib/services/connections/schemas.ts";

/** `the default chain and email-classification`. */
export function describeUse({ functions, isInDefaultChain }: ConnectionUse): string {
  const parts = [...(isInDefaultChain ? ["the default chain"] : []), ...functions];
  return parts.length === 0 ? "no chain" : new Intl.ListFormat("en").format(parts);
}
