import type { ProviderField } from "./entry.ts";

/** The key that goes into a header. Servers of the tenant's own may run without one. */
export function apiKey(hint: string, isRequired = true): ProviderField {
  return { id: "apiKey", label: "API key", hint, format: "text", isSecret: true, isRequired };
}

/** The address of an account that has its own. */
export function ownBaseUrl(example: string): ProviderField {
  return { ...BASE_URL, hint: `Where it is reached, ${example} for one.`, isRequired: true };
}

/** Every provider can be reached elsewhere: through a proxy, or at a regional address. */
export const BASE_URL: ProviderField = {
  id: "baseUrl",
  label: "Base URL",
  hint: "Only where it is not the provider's own, such as a proxy.",
  format: "url",
  isSecret: false,
  isRequired: false,
};

/** Clouds answer or refuse quickly; a server of one's own may have to load the model first. In milliseconds. */
export const CLOUD_TIMEOUTS = { firstTokenMs: 60_000, idleMs: 30_000 };
export const SELF_HOSTED_TIMEOUTS = { firstTokenMs: 300_000, idleMs: 120_000 };
