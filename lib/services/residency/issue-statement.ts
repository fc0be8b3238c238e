import { type Transaction, withTenant } from "#lib/db/client.ts";
import { type SignedStatement, type Statement, signStatement } from "#lib/residency/statement.ts";
import { recordAudit } from "../audit.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { parseInput } from "../parse-input.ts";
import { parseVersion } from "../route-versions/parse-version.ts";
import { findDestinations } from "./find-destinations.ts";
import { type Period, toPeriod } from "./period.ts";
import { type IssueStatementInput, issueStatementInput } from "./schemas.ts";

/** How long after its end a period can still grow: calls that were under way, counts that wait for the database. */
const SETTLING_MS = 15 * 60_000;

/** All destinations of a period and what was allowed in it, signed with the instance's key. Verifiable without us. */
export async function issueStatement(context: ServiceContext, input: IssueStatementInput): Promise<SignedStatement> {
  authorize(context, "residency:read");
  const period = toPeriod(parseInput(issueStatementInput, input));
  const { database, tenantId, platform, signingKey } = context;
  const issuedAt = new Date();
  const from = period.from.toISOString();
  const to = period.to.toISOString();
  return withTenant(database, tenantId, async (tx) => {
    const { id, slug, name } = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
    const destinations = await findDestinations(tx, tenantId, period, platform);
    const signed = signStatement(signingKey, {
      issuedAt: issuedAt.toISOString(),
      tenant: { id, slug, name },
      period: { from, to, isFinal: period.to.getTime() + SETTLING_MS <= issuedAt.getTime() },
      interval: period.interval,
      rules: await findRules(tx, tenantId, period),
      destinations,
      totals: {
        destinations: destinations.length,
        attempts: destinations.reduce((sum, { attempts }) => sum + attempts, 0),
      },
    });
    await recordAudit(tx, context, {
      action: "residency.statement",
      targetKind: "residency",
      targetId: tenantId,
      after: { from, to, keyId: signingKey.keyId, signature: signed.signature.value },
    });
    return signed;
  });
}

/** The version that the period began under, and every one that was published in it. */
async function findRules(tx: Transaction, tenantId: string, { from, to }: Period): Promise<Statement["rules"]> {
  const first = await tx.routeVersion.findFirst({
    where: { tenantId, publishedAt: { lte: from } },
    orderBy: { number: "desc" },
  });
  const later = await tx.routeVersion.findMany({
    where: { tenantId, publishedAt: { gt: from, lt: to } },
    orderBy: { number: "asc" },
  });
  return [...(first === null ? [] : [first]), ...later].map(parseVersion).map(({ number, publishedAt, config }) => ({
    routeVersion: number,
    since: publishedAt.toISOString(),
    mode: config.mode,
    residency: config.residency ?? null,
  }));
}
