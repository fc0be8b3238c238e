import { isDeepStrictEqual } from "node:util";
import { withTenant } from "#lib/db/client.ts";
import { recordAudit } from "../audit.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { findEntry, hintOf, splitFields } from "./check-account.ts";
import { assertPriceable } from "./check-price.ts";
import { describeForAudit } from "./describe-for-audit.ts";
import { findOwn } from "./find-own.ts";
import { checkSoon } from "./health/schedule.ts";
import { asJson } from "./json.ts";
import { mergeAccount } from "./merge-fields.ts";
import { readConnection } from "./read.ts";
import { type OwnConnectionDto, type UpdateConnectionInput, updateConnectionInput } from "./schemas.ts";
import { sealSecrets } from "./seal-secrets.ts";
import type { StoredConnection } from "./stored.ts";

/** Changes what is given. Throws `not_found`, and `conflict` when its secrets were replaced in the meantime. */
export async function updateConnection(
  context: ServiceContext,
  input: UpdateConnectionInput,
): Promise<OwnConnectionDto> {
  authorize(context, "connection:write");
  const { id, fields, price, ...simple } = parseInput(updateConnectionInput, input);
  const { database, tenantId, actor } = context;
  const before = await withTenant(database, tenantId, (tx) => findOwn(tx, tenantId, id));
  if (price !== undefined) assertPriceable(findEntry(before.provider), price);
  const account = fields === undefined ? null : await changeAccount(context, before, fields);
  await withTenant(database, tenantId, async (tx) => {
    const { count } = await tx.connection.updateMany({
      where: { tenantId, id, version: before.version },
      data: {
        ...withoutUndefined(simple),
        ...account,
        ...(price !== undefined && { prices: asJson(price) }),
        updatedAt: new Date(),
        updatedBy: actor.name,
      },
    });
    if (count === 0) throw changedMeanwhile();
    const isAnother = account !== null && "lastTest" in account;
    if (isAnother || simple.isEnabled === true) await checkSoon(tx, before, isAnother);
    const after = await findOwn(tx, tenantId, id);
    await recordAudit(tx, context, {
      action: "connection.update",
      targetKind: "connection",
      targetId: id,
      before: describeForAudit(before),
      after: { ...describeForAudit(after), hasNewSecrets: after.version !== before.version },
    });
  });
  context.configChanged(tenantId);
  return readConnection(context, { id });
}

/** The columns that an account's new fields change. */
async function changeAccount(
  context: ServiceContext,
  row: StoredConnection,
  entered: Readonly<Record<string, string | null>>,
) {
  const { account, hasNewSecrets } = await mergeAccount(context, findEntry(row.provider), row, entered);
  const { plain, secret } = splitFields(account);
  // A test tells of the account that it was made of.
  if (!hasNewSecrets)
    return { fields: plain, ...(!isDeepStrictEqual(plain, row.fields) && { lastTest: asJson(null) }) };
  return { fields: plain, ...(await sealNext(context, row, secret)) };
}

/** The columns of a connection's secrets in its next version. */
export async function sealNext(
  { connections }: ServiceContext,
  row: StoredConnection,
  secret: Readonly<Record<string, string>>,
) {
  const version = row.version + 1;
  const secrets = await sealSecrets(connections.vault, { ...row, version }, secret);
  return { secrets, version, secretHint: hintOf(secret), lastTest: asJson(null) };
}

export function changedMeanwhile(): ServiceError {
  return new ServiceError("conflict", "Somebody else changed this connection in the meantime. Reload to see it.");
}

/** Fields that are left out stay as they are; the types tell them from those that are set to undefined. */
function withoutUndefined<Values extends object>(values: Values): Partial<Values> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<Values>;
}
