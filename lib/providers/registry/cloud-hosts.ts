import type { ProviderEntry } from "./entry.ts";
import { PROVIDERS } from "./index.ts";

const CLOUD_HOSTS: readonly { name: string; host: RegExp }[] = PROVIDERS.filter(
  ({ hosting }) => hosting === "cloud",
).flatMap((entry) => patternsOf(entry).map((pattern) => ({ name: entry.name, host: toHost(pattern) })));

/** The cloud that answers at this host, by name; null: none that is known. In lower case. */
export function cloudAt(host: string): string | null {
  return CLOUD_HOSTS.find((cloud) => cloud.host.test(host))?.name ?? null;
}

function patternsOf({ baseUrl, regionalBaseUrls = {} }: ProviderEntry): string[] {
  return [...(baseUrl === null ? [] : [baseUrl]), ...Object.values(regionalBaseUrls)];
}

/** `https://{resource}.openai.azure.com/…` is every host of that shape. */
function toHost(pattern: string): RegExp {
  const [, , host = ""] = pattern.split("/");
  return new RegExp(`^${host.replaceAll(".", "\\.").replace(/\{\w+\}/g, "[a-z0-9-]+")}$`);
}
