import type { ProviderAccount } from "#lib/providers/account.ts";
import type { ProviderEntry } from "#lib/providers/registry/index.ts";
import { resolveBaseUrl } from "#lib/providers/registry/resolve-account.ts";
import type { ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { checkAccount, type Fields } from "./check-account.ts";
import { openSecrets } from "./seal-secrets.ts";
import type { StoredConnection } from "./stored.ts";

/** What was entered in a form: null takes a value away; of a secret, blank means the one that is stored. */
type Entered = Readonly<Record<string, string | null>>;

/**
 * A saved connection's account with changes. Throws `invalid_request` for what is wrong with it, and where a stored key
 * would go to another address: it was entered for this one, and must not be read out by sending it elsewhere.
 */
export async function mergeAccount(
  {
    connections: { vault, egressAllow },
  }: { connections: Pick<ServiceContext["connections"], "vault" | "egressAllow"> },
  entry: ProviderEntry,
  row: StoredConnection,
  entered: Entered,
): Promise<{ account: ProviderAccount; hasNewSecrets: boolean }> {
  const secretIds = new Set(entry.fields.filter(({ isSecret }) => isSecret).map(({ id }) => id));
  const changes = Object.entries(entered);
  const newSecrets = changes.filter(([id, value]) => secretIds.has(id) && value?.trim() !== "");
  const stored = await openSecrets(vault, row);
  const keptSecrets = Object.keys(stored.secret ?? {}).filter((id) => !newSecrets.some(([changed]) => changed === id));
  const plainChanges = changes.filter(([id]) => !secretIds.has(id));
  const fields = withoutNulls({
    ...row.fields,
    ...stored.secret,
    ...Object.fromEntries([...plainChanges, ...newSecrets]),
  });
  if (stored.unopened !== null && newSecrets.length === 0) {
    throw new ServiceError("conflict", `The stored key cannot be opened: enter it again. ${stored.unopened}`);
  }
  const account = checkAccount(entry, fields, egressAllow);
  if (keptSecrets.length > 0 && leadsElsewhere(entry, row, account)) {
    const sentence = "The address is another: enter the key again, which was given for the one before.";
    const labels = keptSecrets.map((id) => [`fields.${id}`, sentence]);
    throw new ServiceError("invalid_request", sentence, { fields: Object.fromEntries(labels) });
  }
  return { account, hasNewSecrets: newSecrets.length > 0 };
}

/** Addresses of the provider's own pattern are its own, whichever region they name. */
function leadsElsewhere(entry: ProviderEntry, row: StoredConnection, { baseUrl, fields }: ProviderAccount): boolean {
  const isEntered = entry.fields.some(({ id, format }) => format === "url" && fields[id] !== undefined);
  return isEntered && URL.parse(baseUrl)?.origin !== URL.parse(resolveBaseUrl(entry, row.fields))?.origin;
}

function withoutNulls(fields: Entered): Fields {
  return Object.fromEntries(Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== null));
}
