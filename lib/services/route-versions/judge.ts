import { withTenant } from "#lib/db/client.ts";
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
  problemsOf(config: RouteConfig): RouteProblem[];
}

export async function openJudge(context: ServiceContext): Promise<Judge> {
  const { database, tenantId, catalog } = context;
  const own = await withTenant(database, tenantId, (tx) => readOwnConnections(tx, tenantId));
  const published = await context.routing();
  const names: Names = { catalog, connections: new Map(own.map(({ id, name }) => [id, name])) };
  const today = new Date().toISOString().slice(0, 10);
  return {
    names,
    problemsOf: (config) =>
      findProblems({ config, snapshot: { ...published, ...toRouting(config) }, catalog, own, names, today }),
  };
}

/**
 * Throws `invalid_request` with every error of a configuration, by its place in it. What was wrong `before` already does
 * not keep a change of something else from being made.
 */
export function assertPublishable(judge: Judge, config: RouteConfig, before?: RouteConfig): void {
  const errorsOf = (judged: RouteConfig) => judge.problemsOf(judged).filter(({ severity }) => severity === "error");
  const known = new Set(before === undefined ? [] : errorsOf(before).map(({ message }) => message));
  const errors = errorsOf(config).filter(({ message }) => !known.has(message));
  if (errors.length === 0) return;
  const fields: Record<string, string> = {};
  for (const { field, message } of errors) fields[field] = field in fields ? `${fields[field]} ${message}` : message;
  const all = errors.map(({ message }) => message).join(" ");
  throw new ServiceError("invalid_request", `This cannot be published yet. ${all}`, { fields });
}
