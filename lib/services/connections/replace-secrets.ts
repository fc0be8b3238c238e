import { withTenant } from "#lib/db/client.ts";
import { recordAudit } from "../audit.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { parseInput } from "../parse-input.ts";
import { checkAccount, findEntry, splitFields } from "./check-account.ts";
import { findOwn } from "./find-own.ts";
import { checkSoon } from "./health/schedule.ts";
import { readConnection } from "./read.ts";
import { type OwnConnectionDto, type ReplaceSecretsInput, replaceSecretsInput } from "./schemas.ts";
import { changedMeanwhile, sealNext } from "./update.ts";

/**
 * Takes new secrets in place of all that are stored; calls in flight end with those they began with. Throws `not_found`,
 * and `conflict` when somebody else was faster.
 */
export async function replaceSecrets(context: ServiceContext, input: ReplaceSecretsInput): Promise<OwnConnectionDto> {
  authorize(context, "connection:write");
  const { id, secrets: entered } = parseInput(replaceSecretsInput, input);
  const { database, tenantId, actor, connections } = context;
  const row = await withTenant(database, tenantId, (tx) => findOwn(tx, tenantId, id));
  const entry = findEntry(row.provider);
  const account = checkAccount(entry, { ...entered, ...row.fields }, connections.egressAllow);
  const { secret } = splitFields(account);
  const next = await sealNext(context, row, secret);
  await withTenant(database, tenantId, async (tx) => {
    const { count } = await tx.connection.updateMany({
      where: { tenantId, id, version: row.version },
      data: { ...next, updatedAt: new Date(), updatedBy: actor.name },
    });
    if (count === 0) throw changedMeanwhile();
    await checkSoon(tx, row, true);
    await recordAudit(tx, context, {
      action: "connection.replace-secrets",
      targetKind: "connection",
      targetId: id,
      before: { name: row.name, version: row.version },
      after: { name: row.name, version: next.version, secretFields: Object.keys(secret) },
    });
  });
  context.configChanged(tenantId);
  return readConnection(context, { id });
}
