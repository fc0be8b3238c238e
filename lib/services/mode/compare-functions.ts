import { isDeepStrictEqual } from "node:util";
import type { Catalog } from "#lib/catalog/index.ts";
import type { AiFunction } from "#lib/gateway/contract/catalog.ts";
import type { RoutingSnapshot } from "#lib/gateway/contract/snapshot.ts";
import type { PlannedTarget, RoutePlan } from "#lib/gateway/routing/plan.ts";
import { providerName } from "../provider-name.ts";
import { modelName } from "../route-versions/names.ts";
import { noRouteReason, planFunction } from "../route-versions/plan-function.ts";
import type { ModePreviewDto } from "./schemas.ts";

type FunctionRow = ModePreviewDto["functions"][number];
type RouteSummary = NonNullable<FunctionRow["before"]>;

/** One function under two configurations. */
export interface ComparedFunction {
  row: FunctionRow;
  before: RoutePlan;
  after: RoutePlan;
}

export function compareFunctions(
  catalog: Catalog,
  before: RoutingSnapshot,
  after: RoutingSnapshot,
): ComparedFunction[] {
  return [...catalog.functions.values()].map((fn) => {
    const plans = { before: planFunction(before, fn), after: planFunction(after, fn) };
    return { row: describeChange(catalog, fn, plans), ...plans };
  });
}

function describeChange(
  catalog: Catalog,
  fn: AiFunction,
  { before, after }: { before: RoutePlan; after: RoutePlan },
): FunctionRow {
  const { slug, name } = fn;
  const [old, now] = [summarize(catalog, before), summarize(catalog, after)];
  if (now === null) {
    const change = old === null ? "none" : "loses";
    const verb = old === null ? "still has no route" : "loses its route";
    return { slug, name, change, before: old, after: now, sentence: `${name} ${verb}: ${noRouteReason(after)}.` };
  }
  if (old === null) {
    return { slug, name, change: "gains", before: old, after: now, sentence: `${name} gets ${nameOf(now)}.` };
  }
  const isSame = isDeepStrictEqual(targetsOf(before), targetsOf(after));
  const sentence = isSame ? `${name} stays with ${nameOf(now)}.` : differing(name, old, now);
  return { slug, name, change: isSame ? "same" : "other", before: old, after: now, sentence };
}

function differing(name: string, old: RouteSummary, now: RouteSummary): string {
  if (nameOf(old) !== nameOf(now)) return `${name} gets ${nameOf(now)} instead of ${nameOf(old)}.`;
  return `${name} keeps ${nameOf(now)}, with other fallbacks behind it.`;
}

function nameOf({ modelName, providerName, connectionName }: RouteSummary): string {
  return `${modelName} at ${providerName} (${connectionName})`;
}

function targetsOf({ targets }: RoutePlan): string[] {
  return targets.map(({ connection, model }) => `${connection.id} ${model}`);
}

function summarize(catalog: Catalog, { targets }: RoutePlan): RouteSummary | null {
  const [first] = targets;
  return first === undefined ? null : toSummary(catalog, first, targets.length - 1);
}

function toSummary(
  catalog: Catalog,
  { connection, provider, pricedAs, model }: PlannedTarget,
  fallbacks: number,
): RouteSummary {
  return {
    provider,
    providerName: providerName(provider),
    model,
    modelName: modelName({ catalog }, pricedAs, model),
    connectionName: connection.name,
    owner: connection.owner,
    isSimulated: connection.isSimulated,
    fallbacks,
  };
}
