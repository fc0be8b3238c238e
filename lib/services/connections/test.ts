import type { Catalog } from "#lib/catalog/index.ts";
import { findPrice } from "#lib/catalog/prices.ts";
import { RETIREMENTS } from "#lib/catalog/retirements.ts";
import { withTenant } from "#lib/db/client.ts";
import type { Model } from "#lib/gateway/contract/catalog.ts";
import type { ProviderAccount } from "#lib/providers/account.ts";
import type { ProbeReport } from "#lib/providers/probe/contract.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { readCurrentRoute } from "../route-versions/read-current.ts";
import { checkAccount, findEntry } from "./check-account.ts";
import { findOwn } from "./find-own.ts";
import { deploymentsOf } from "./known-models.ts";
import { limitProbe } from "./limit-probe.ts";
import { mergeAccount } from "./merge-fields.ts";
import { whereOf } from "./open-saved.ts";
import { type TestConnectionInput, testConnectionInput } from "./schemas.ts";
import type { StoredConnection } from "./stored.ts";
import type { ConnectionTestResult } from "./tests/schemas.ts";

/**
 * Tries an account step by step, saved or not, under the rule that its calls would be under. What is wrong with a field
 * throws `invalid_request`; what goes wrong on the way is the answer. The outcome is kept where it is of what is saved.
 */
export async function testConnection(
  context: ServiceContext,
  input: TestConnectionInput,
): Promise<ConnectionTestResult> {
  authorize(context, "connection:test");
  const { id, provider, fields, regions, model } = parseInput(testConnectionInput, input);
  const { database, tenantId, connections } = context;
  const { row, config } = await withTenant(database, tenantId, async (tx) => ({
    row: id === undefined ? null : await findOwn(tx, tenantId, id),
    config: (await readCurrentRoute(tx, tenantId)).config,
  }));
  const account = await accountOf(context, row, provider, fields);
  const where = whereOf(account, regions ?? row?.regions ?? [], config);
  const wanted = { named: model || null, candidates: candidatesOf(context.catalog, account) };
  const target = { account, tenantId, connectionId: row?.id ?? null, ...where };
  const report = await limitProbe(connections).test(target, wanted);
  const result = toResult(report);
  if (row !== null && Object.keys(fields).length === 0 && regions === undefined) await keep(context, row, result);
  return result;
}

async function accountOf(
  context: ServiceContext,
  row: StoredConnection | null,
  provider: string | undefined,
  fields: Readonly<Record<string, string | null>>,
): Promise<ProviderAccount> {
  if (row !== null) return (await mergeAccount(context, findEntry(row.provider), row, fields)).account;
  if (provider === undefined) {
    const message = "Name a provider, or a connection by its id.";
    throw new ServiceError("invalid_request", message, { fields: { provider: message } });
  }
  const entered = Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== null);
  return checkAccount(findEntry(provider), Object.fromEntries(entered), context.connections.egressAllow);
}

/** What to try where no model is named: the account's deployments, then what costs least at the provider. */
function candidatesOf({ models }: Catalog, { entry, fields }: ProviderAccount): string[] {
  const now = new Date();
  const isUsable = ({ provider, id, capabilities }: Model) =>
    provider === entry.id &&
    !capabilities.includes("embeddings") &&
    new Date(RETIREMENTS[`${provider}/${id}`] ?? "9999-01-01") > now;
  const costOf = ({ provider, id }: Model) => findPrice(provider, id, now)?.output.nanoUsdPerMillion ?? 2n ** 62n;
  const usable = [...models.values()].filter(isUsable).map((model) => ({ id: model.id, cost: costOf(model) }));
  const byCost = usable.sort((one, other) => (one.cost < other.cost ? -1 : one.cost > other.cost ? 1 : 0));
  return [...deploymentsOf(fields), ...byCost.map(({ id }) => id)];
}

function toResult({ steps, model, models }: ProbeReport): ConnectionTestResult {
  const isOk = steps.every(({ status }) => status !== "failed") && steps.at(-1)?.status === "passed";
  return { testedAt: new Date().toISOString(), isOk, model, steps, models };
}

async function keep({ database, tenantId }: ServiceContext, row: StoredConnection, result: ConnectionTestResult) {
  const { models: _, ...lastTest } = result;
  await withTenant(database, tenantId, (tx) =>
    tx.connection.updateMany({ where: { tenantId, id: row.id, version: row.version }, data: { lastTest } }),
  );
}
