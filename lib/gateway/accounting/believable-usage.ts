import type { Usage } from "../contract/usage.ts";

/** More than any call's body and answer can hold: 20 MB and the largest context there is. */
const MAX_TOKENS = 100_000_000;

/**
 * What a provider counted, or null where it cannot be true. Servers of a tenant's own say what they like, and a count
 * that no column holds would keep the call out of the ledger.
 */
export function believableUsage(usage: Usage | null): Usage | null {
  return usage !== null && Object.values(usage).every((tokens) => tokens <= MAX_TOKENS) ? usage : null;
}
