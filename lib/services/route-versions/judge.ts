import { withTenant } from "#lib/db/client.ts";
import type { RoutingSnapshot } from "#lib/gateway/contract/snapshot.ts";
import { usualPatience } from "#lib/gateway/routing/patience.ts";
import type { ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import type { RouteConfig } from "./config.ts";
import { findProblems } from "./find-problems.ts";
import type { Names } from "./names.ts";
import { readOwnConnections } from "./own-connections.ts";
import type { RouteProblem } from "./problem.ts";
import { toRouting } from "./to-routing.ts";

/** Judges configurations of one tenant by what it has now. */
export interface Judge {
  names: Names;
  usualPatience: UsualPatience;
  problemsOf(config: RouteConfig): RouteProblem[];
}

/** By provider: what a target of the tenant's gets there whose chain says nothing of it. */
export type UsualPatience = Record<string, ReturnType<typeof usualPatience>>;

export async function openJudge(context: ServiceContext): Promise<Judge> {
  const { database, tenantId, catalog } = context;
  const own = await withTenant(database, tenantId, (tx) => readOwnConnections(tx, tenantId));
  const published = await context.routing();
  const names: Names = { catalog, connections: new Map(own.map(({ id, name }) => [id, name])) };
  const today = new Date().toISOString().slice(0, 10);
  return {
    names,
    usualPatience: usualAtOwn(published),
    problemsOf: (config) =>
      findProblems({ config, snapshot: { ...published, ...toRouting(config) }, catalog, own, names, today }),
  };
}

function usualAtOwn({ connections }: RoutingSnapshot): UsualPatience {
  const own = connections.filter(({ owner }) => owner === "tenant");
  return Object.fromEntries(own.map(({ provider, timeouts }) => [provider, usualPatience(timeouts)]));
}

interface PublishableOptions {
  /** What was wrong with it already does not keep a change of something else from being made. */
  before?: RouteConfig;
  /** The sentence before those of the errors. */
  refusal?: string;
}

/** Throws `invalid_request` with every error of a configuration, by its place in it. */
export function assertPublishable(
  judge: Judge,
  config: RouteConfig,
  { before, refusal = "This cannot be published yet." }: PublishableOptions = {},
): void {
  const errorsOf = (judged: RouteConfig) => judge.problemsOf(judged).filter(({ severity }) => severity === "error");
  const known = new Set(before === undefined ? [] : errorsOf(before).map(({ message }) => message));
  const errors = errorsOf(config).filter(({ message }) => !known.has(message));
  if (errors.length === 0) return;
  const fields: Record<string, string> = {};
  for (const { field, message } of errors) fields[field] = field in fields ? `${fields[field]} ${message}` : message;
  const all = errors.map(({ message }) => message).join(" ");
  throw new ServiceError("invalid_request", `${refusal} ${all}`, { fields });
}
