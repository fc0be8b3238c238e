import type { WireId } from "#lib/gateway/contract/wire.ts";
import type { ProviderAccount } from "./account.ts";

/** Where a request in this wire goes. Throws when the provider does not speak it: the plan never asks for that. */
export function wireUrl({ entry, baseUrl, fields }: ProviderAccount, wire: WireId, model: string): string {
  const route = entry.wires[wire];
  if (route === undefined) throw new Error(`${entry.id} does not speak ${wire}.`);
  const below = Object.keys(route.pathBelow ?? {}).find((end) => baseUrl.endsWith(end));
  const path = below === undefined ? route.path : (route.pathBelow?.[below] ?? route.path);
  return baseUrl + fillIn(path, { ...fields, model });
}

/** `{name}` becomes the value of that name, safe in a URL. */
export function fillIn(pattern: string, values: Readonly<Record<string, string>>): string {
  return pattern.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ""));
}

/** The headers of a JSON request, with the account's key in the one where its provider looks for it. */
export function wireHeaders({ entry, fields }: ProviderAccount, isStream: boolean): Record<string, string> {
  const headers: Record<string, string> = {
    "content-type": "application/json",
    accept: isStream ? "text/event-stream" : "application/json",
    "user-agent": "switchyard",
  };
  const { apiKey } = fields;
  if (apiKey === undefined || apiKey === "") return headers;
  if (entry.auth === "bearer") headers.authorization = `Bearer ${apiKey}`;
  else if (entry.auth === "api-key" || entry.auth === "x-api-key" || entry.auth === "x-goog-api-key") {
    headers[entry.auth] = apiKey;
  }
  return headers;
}
