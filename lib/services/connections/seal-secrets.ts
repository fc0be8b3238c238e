import { z } from "zod";
import type { Binding } from "#lib/vault/seal.ts";
import { Secret } from "#lib/vault/secret.ts";
import { explainUnopened } from "#lib/vault/unopened.ts";
import type { Vault } from "#lib/vault/vault.ts";
import { ServiceError } from "../errors.ts";
import type { Fields } from "./check-account.ts";
import type { StoredConnection } from "./stored.ts";

type Row = Pick<StoredConnection, "tenantId" | "id" | "version">;

const secretsSchema = z.record(z.string(), z.string());

/** The secrets of one version of one connection, together. Null: there are none. Throws `conflict`, saying why. */
export async function sealSecrets(vault: Vault, row: Row, secret: Fields): Promise<Uint8Array<ArrayBuffer> | null> {
  if (Object.keys(secret).length === 0) return null;
  const sealing = await vault.sealSecret(bindingOf(row), new Secret(JSON.stringify(secret)));
  if (sealing.status === "sealed") return Uint8Array.from(sealing.bytes);
  const why = explainUnopened(sealing);
  throw new ServiceError("conflict", `The key could not be encrypted, so nothing was saved. ${why}`);
}

/** `mayOpenLater`: nothing is wrong with what is stored, the key service is away. */
export type OpenedSecrets =
  | { secret: Fields; unopened: null }
  | { secret: null; unopened: string; mayOpenLater: boolean };

/** Only the database's own errors are thrown. */
export async function openSecrets(vault: Vault, row: Row & Pick<StoredConnection, "secrets">): Promise<OpenedSecrets> {
  if (row.secrets === null) return { secret: {}, unopened: null };
  const opening = await vault.openSecret(bindingOf(row), row.secrets);
  if (opening.status === "opened") {
    return { secret: secretsSchema.parse(JSON.parse(opening.secret.reveal())), unopened: null };
  }
  return { secret: null, unopened: explainUnopened(opening), mayOpenLater: opening.status === "unavailable" };
}

function bindingOf({ tenantId, id, version }: Row): Binding {
  return { column: "connection.secrets", tenantId, rowId: id, version };
}
