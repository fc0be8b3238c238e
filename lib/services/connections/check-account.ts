import type { AllowList } from "#lib/egress/allow-list.ts";
import { parseBaseUrl } from "#lib/egress/parse-base-url.ts";
import type { ProviderAccount } from "#lib/providers/account.ts";
import { cloudAt } from "#lib/providers/registry/cloud-hosts.ts";
import { findProviderEntry, type ProviderEntry } from "#lib/providers/registry/index.ts";
import { resolveAccount } from "#lib/providers/registry/resolve-account.ts";
import { ServiceError } from "../errors.ts";
import { hostOf } from "./place.ts";

export type Fields = Readonly<Record<string, string>>;

/** Throws `invalid_request` for a provider that there is not. */
export function findEntry(provider: string): ProviderEntry {
  const entry = findProviderEntry(provider);
  if (entry !== null) return entry;
  const message = "There is no such provider.";
  throw new ServiceError("invalid_request", message, { fields: { provider: message } });
}

/**
 * The account that these fields make, with its addresses normalised. Throws `invalid_request` with a sentence for each
 * field that is wrong, missing or unknown; no value is repeated.
 */
export function checkAccount(entry: ProviderEntry, entered: Fields, allow: AllowList): ProviderAccount {
  const { fields, problems: wrongUrls } = readUrls(entry, entered, allow);
  const { account, problems } = resolveAccount(entry, fields);
  const sentences = { ...wrongUrls };
  for (const { field, orField, message } of problems ?? []) {
    const other = orField === null ? "" : ` or ${labelOf(entry, orField)}`;
    sentences[`fields.${field}`] ??= `${labelOf(entry, field)}${other} ${message}.`;
  }
  if (account !== null && Object.keys(sentences).length === 0) return account;
  const list = Object.values(sentences).join(" ");
  throw new ServiceError("invalid_request", `The account is not right. ${list}`, { fields: sentences });
}

function readUrls(entry: ProviderEntry, entered: Fields, allow: AllowList) {
  const fields: Record<string, string> = { ...entered };
  const problems: Record<string, string> = {};
  for (const { id, label, format } of entry.fields) {
    const value = entered[id]?.trim() ?? "";
    if (value === "") continue;
    const url = format === "url" ? value : format === "service-account" ? tokenAddress(value) : null;
    if (url === null) continue;
    const { baseUrl, problem: wrong } = parseBaseUrl(url, allow);
    const problem = baseUrl === null ? wrong : problemOfOwn(entry, baseUrl);
    if (problem !== null)
      problems[`fields.${id}`] = `${label} ${format === "url" ? "" : "names an address that "}${problem}.`;
    else if (baseUrl !== null && format === "url") fields[id] = baseUrl;
  }
  return { fields, problems };
}

/** What a server of one's own is promised to be, a cloud is not. */
function problemOfOwn({ hosting }: ProviderEntry, baseUrl: string): string | null {
  const cloud = hosting === "self-hosted" ? cloudAt(hostOf(baseUrl)) : null;
  return cloud === null ? null : `is the address of ${cloud}, which is no server of your own: connect it as that`;
}

/** Where a service account's key has its tokens made: an address that the tenant entered, too. */
function tokenAddress(serviceAccountJson: string): string | null {
  try {
    const { token_uri: address } = JSON.parse(serviceAccountJson) as { token_uri?: unknown };
    return typeof address === "string" ? address : null;
  } catch {
    return null;
  }
}

function labelOf({ fields }: ProviderEntry, id: string): string {
  return fields.find((field) => field.id === id)?.label ?? id;
}

/** What is stored as it is, and what is sealed. Defaults are left to the registry. */
export function splitFields({ entry, fields }: ProviderAccount): { plain: Fields; secret: Fields } {
  const pick = (isSecret: boolean) => {
    const given = entry.fields.filter((field) => field.isSecret === isSecret && fields[field.id] !== field.default);
    return Object.fromEntries(given.map(({ id }) => [id, fields[id] as string]));
  };
  return { plain: pick(false), secret: pick(true) };
}

/** Enough of a key to tell it from others, and of a short one nothing. */
export function hintOf(secret: Fields): string | null {
  const { serviceAccountJson, apiKey, accessKeyId, ...others } = secret;
  const key = keyIdOf(serviceAccountJson) ?? apiKey ?? accessKeyId ?? Object.values(others)[0];
  return key === undefined || key.length < MIN_HINTED_LENGTH ? null : key.slice(-4);
}

const MIN_HINTED_LENGTH = 12;

function keyIdOf(serviceAccountJson: string | undefined): string | undefined {
  if (serviceAccountJson === undefined) return undefined;
  const { private_key_id: id } = JSON.parse(serviceAccountJson) as { private_key_id?: unknown };
  return typeof id === "string" ? id : "";
}
