import type { RoutingSnapshot } from "#lib/gateway/contract/snapshot.ts";
import { isOfMode } from "#lib/gateway/routing/candidates.ts";
import type { RouteConfig } from "./config.ts";
import { findChainProblems } from "./find-chain-problems.ts";
import { findTargetProblems } from "./find-target-problems.ts";
import { MODE_NAMES } from "./names.ts";
import { noRouteReason, planFunction } from "./plan-function.ts";
import { error, type ProblemFacts, type RouteProblem, warning } from "./problem.ts";

/** Every problem, errors first. */
export function findProblems(facts: ProblemFacts): RouteProblem[] {
  const { config } = facts;
  const ofMode = modeProblems(facts);
  const isOwnMode = config.mode !== "platform-managed";
  const problems = [
    ...ofMode,
    ...unknownFunctions(facts),
    ...(isOwnMode ? [...findChainProblems(facts), ...findTargetProblems(facts)] : []),
    ...withoutEffect(config),
    // Each function would say again what is said of all of them.
    ...(ofMode.length === 0 ? functionsWithoutRoute(facts) : []),
  ];
  return problems.sort((one, other) => Number(other.severity === "error") - Number(one.severity === "error"));
}

function modeProblems({ config, snapshot }: ProblemFacts): RouteProblem[] {
  const { mode } = config;
  if (mode === "platform-managed") return [];
  const own = snapshot.connections.filter(
    (connection) => connection.owner === "tenant" && isOfMode(snapshot, connection),
  );
  const what = mode === "self-hosted" ? "server of your own" : "connection";
  if (own.length === 0) {
    return [error("mode", `${MODE_NAMES[mode]} has no ${what} to use: add one first, or switch one on.`)];
  }
  if (own.every(({ unopened }) => unopened !== null)) {
    return [error("mode", `${MODE_NAMES[mode]} has no ${what} whose key can be opened: ${own[0]?.unopened}`)];
  }
  return [];
}

function unknownFunctions({ config, catalog }: ProblemFacts): RouteProblem[] {
  return (["overrides", "functionTiers"] as const).flatMap((part) =>
    Object.keys(config[part] ?? {})
      .filter((slug) => !catalog.functions.has(slug))
      .map((slug) => ({ ...error(`${part}.${slug}`, `There is no function ${slug}.`), functionSlug: slug })),
  );
}

function withoutEffect(config: RouteConfig): RouteProblem[] {
  const name = MODE_NAMES[config.mode];
  const problems: RouteProblem[] = [];
  if (config.mode === "platform-managed" && (config.chain?.length || Object.keys(config.overrides ?? {}).length > 0)) {
    problems.push(warning("chain", `Your own chains are kept, but have no effect in the mode ${name}.`));
  }
  if (config.mode === "self-hosted" && config.hasPlatformFallback) {
    const message = `The platform's accounts are no fallback in the mode ${name}: nothing leaves your own servers.`;
    problems.push(warning("hasPlatformFallback", message));
  }
  return problems;
}

function functionsWithoutRoute({ snapshot, catalog }: ProblemFacts): RouteProblem[] {
  return [...catalog.functions.values()].flatMap((fn) => {
    const plan = planFunction(snapshot, fn);
    const field = chosenBy(snapshot, fn.slug);
    const about = { functionSlug: fn.slug };
    if (plan.targets.length === 0) {
      return [{ ...warning(field, `${fn.name} has no route: ${noRouteReason(plan)}.`), ...about }];
    }
    const most = Math.max(...plan.targets.map(({ contextTokens }) => contextTokens ?? Number.POSITIVE_INFINITY));
    if (most >= fn.needs.contextTokens) return [];
    const message = `${fn.name} can need ${fn.needs.contextTokens} tokens, and its models take ${most} at most.`;
    return [{ ...warning(field, message), ...about }];
  });
}

/** The place in the configuration that decides where a function goes. */
function chosenBy({ mode, functionTiers, ownChains }: RoutingSnapshot, slug: string): string {
  if (mode === "platform-managed") return functionTiers.has(slug) ? `functionTiers.${slug}` : "tier";
  return ownChains.overrides.has(slug) ? `overrides.${slug}` : "chain";
}
