import type { ProviderEntry } from "./registry.ts";

/** One account at a provider, with what it takes to call it. Never leaves the process, never goes into a log. */
export interface ProviderAccount {
  entry: ProviderEntry;
  /** Without a trailing slash. */
  baseUrl: string;
  apiKey: string | null;
}
