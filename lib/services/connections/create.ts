import { v7 as uuidv7 } from "uuid";
import { type Transaction, withTenant } from "#lib/db/client.ts";
import { recordAudit } from "../audit.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { checkAccount, findEntry, hintOf, splitFields } from "./check-account.ts";
import { assertPriceable } from "./check-price.ts";
import { describeForAudit } from "./describe-for-audit.ts";
import { scheduleChecks } from "./health/schedule.ts";
import { asJson } from "./json.ts";
import { lockConnections } from "./lock.ts";
import { readConnection } from "./read.ts";
import {
  type CreateConnectionInput,
  createConnectionInput,
  MAX_CONNECTIONS,
  type OwnConnectionDto,
} from "./schemas.ts";
import { sealSecrets } from "./seal-secrets.ts";

/** Makes a connection. Its secrets are sealed before anything is written, and are in no answer, ever. */
export async function createConnection(
  context: ServiceContext,
  input: CreateConnectionInput,
): Promise<OwnConnectionDto> {
  authorize(context, "connection:write");
  const { provider, name, priority, isEnabled, regions, price, fields } = parseInput(createConnectionInput, input);
  const { database, tenantId, actor, connections } = context;
  const entry = findEntry(provider);
  assertPriceable(entry, price);
  const entered = Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== null);
  const account = checkAccount(entry, Object.fromEntries(entered), connections.egressAllow);
  const { plain, secret } = splitFields(account);
  const id = uuidv7();
  // Outside of the transaction: it may make the tenant's data key and ask a key service.
  const secrets = await sealSecrets(connections.vault, { tenantId, id, version: 1 }, secret);
  await withTenant(database, tenantId, async (tx) => {
    const others = await readOthers(tx, tenantId);
    const row = {
      provider,
      name,
      priority: priority ?? nextPriority(others, provider),
      isEnabled,
      fields: plain,
      regions,
      prices: price,
    };
    await tx.connection.create({
      data: {
        ...row,
        prices: asJson(price),
        tenantId,
        id,
        secrets,
        secretHint: hintOf(secret),
        updatedBy: actor.name,
      },
    });
    await scheduleChecks(tx, { tenantId, id, provider });
    const after = describeForAudit(row, Object.keys(secret));
    await recordAudit(tx, context, { action: "connection.create", targetKind: "connection", targetId: id, after });
  });
  context.configChanged(tenantId);
  return readConnection(context, { id });
}

type Others = readonly { provider: string; priority: number }[];

/** The tenant's connections so far. Throws `conflict` where there are as many as there may be. */
async function readOthers(tx: Transaction, tenantId: string): Promise<Others> {
  // One after the other: of two made at once each would find a place left.
  await lockConnections(tx, tenantId);
  const rows = await tx.connection.findMany({ where: { tenantId }, select: { provider: true, priority: true } });
  if (rows.length < MAX_CONNECTIONS) return rows;
  throw new ServiceError("conflict", `A tenant has at most ${MAX_CONNECTIONS} connections: delete one first.`);
}

function nextPriority(others: Others, provider: string): number {
  const taken = others.filter((row) => row.provider === provider).map((row) => row.priority);
  return Math.min(1_000, Math.max(0, ...taken) + 1);
}
