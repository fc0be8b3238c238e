import { CLOUD_PLATFORMS } from "./cloud-platforms.ts";
import { CLOUDS } from "./clouds.ts";
import { COMPATIBLE_CLOUDS } from "./compatible-clouds.ts";
import type { ProviderEntry } from "./entry.ts";
import { SELF_HOSTED_SERVERS } from "./self-hosted.ts";

export type { ProviderEntry } from "./entry.ts";

/** Every kind of upstream that there is. */
export const PROVIDERS: readonly ProviderEntry[] = [
  ...CLOUDS,
  ...CLOUD_PLATFORMS,
  ...COMPATIBLE_CLOUDS,
  ...SELF_HOSTED_SERVERS,
];

const byId = new Map(PROVIDERS.map((entry) => [entry.id, entry]));

export function findProviderEntry(id: string): ProviderEntry | null {
  return byId.get(id) ?? null;
}
