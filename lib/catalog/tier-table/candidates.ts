import type { AiFunction, Model, ModelRef, Price } from "#lib/gateway/contract/catalog.ts";
import type { Usage } from "#lib/gateway/contract/usage.ts";
import type { FunctionProfile } from "../function-profiles.ts";
import { EFFORT_SCALE, type ModelQuality, type TaskFamily } from "../quality.ts";
import { targetProblem } from "./target-problem.ts";

/** A model that may serve a function. */
interface Offer extends ModelRef {
  /** Of a typical call. */
  costNanoUsd: bigint;
  /** It goes on with an answer that another model has begun. */
  takesPrefill: boolean;
}

/** One that is ranked by its quality and its cost. */
export interface Candidate extends Offer {
  /** 0 to 100, to one decimal: the mean of the function's task families. */
  quality: number;
  /** Which run that is, and whether of the model itself. */
  run: string;
  isOwn: boolean;
}

/** One without a figure that compares: it stands behind those that have one, if anywhere. */
export interface Unmeasured extends Offer {
  quality: null;
}

/** Models that may not, by what keeps them out. */
export type Exclusions = Map<string, string[]>;

export interface Market {
  models: readonly Model[];
  prices: { find(provider: string, model: string, at: Date): Price | null };
  /** In nano-dollars. The engine's own reckoning is handed in: the catalog knows nothing of the engine. */
  costOf(usage: Usage, price: Price): bigint;
  /** By `provider/model`, as the retirements are. */
  quality: Readonly<Record<string, ModelQuality>>;
  retirements: Readonly<Record<string, string>>;
  at: Date;
}

const HOUR_MS = 3_600_000;

/** Sorts the market into the models that may serve a function and the reasons why the others may not. */
export function findCandidates(
  market: Market,
  entry: AiFunction,
  profile: FunctionProfile,
): { candidates: Candidate[]; unmeasured: Unmeasured[]; exclusions: Exclusions } {
  const candidates: Candidate[] = [];
  const unmeasured: Unmeasured[] = [];
  const exclusions: Exclusions = new Map();
  for (const model of market.models) {
    const assessed = assess(market, entry, profile, model);
    if (typeof assessed === "string") exclude(exclusions, assessed, keyOf(model.provider, model.id));
    else if (assessed.quality === null) unmeasured.push(assessed);
    else candidates.push(assessed);
  }
  return { candidates, unmeasured, exclusions };
}

export function exclude(exclusions: Exclusions, reason: string, key: string): void {
  const keys = exclusions.get(reason);
  if (keys) keys.push(key);
  else exclusions.set(reason, [key]);
}

export function keyOf(provider: string, model: string): string {
  return `${provider}/${model}`;
}

function assess(
  market: Market,
  entry: AiFunction,
  profile: FunctionProfile,
  model: Model,
): Candidate | Unmeasured | string {
  const { provider, id } = model;
  const isEmbedder = model.capabilities.includes("embeddings");
  if (isEmbedder && !entry.needs.capabilities.includes("embeddings")) return "Makes vectors, no answers.";
  const problem = targetProblem(entry, model, market.retirements[keyOf(provider, id)]);
  if (problem) return `It ${problem}.`;
  const endsOn = makersRetirement(market.retirements, id);
  if (endsOn) return `Its maker shuts it down on ${endsOn}.`;
  const measured = market.quality[keyOf(provider, id)];
  const quality = measured ? meanQuality(profile.judgedBy, measured) : null;
  if (quality === null && !isEmbedder) {
    return "No figure is published of what a call gets that asks for no effort of its own.";
  }
  const costNanoUsd = typicalCost(market, profile.tokens, measured ?? { effort: "none" }, model);
  if (costNanoUsd === null) return "No price is published.";
  const offer = { provider, model: id, costNanoUsd, takesPrefill: model.prefill !== undefined };
  if (!measured || quality === null) return { ...offer, quality: null };
  return { ...offer, quality, run: measured.run, isOwn: measured.isOwn };
}

/** Another host sets its own date, which is not known here: no new work is begun on what its maker gives up. */
function makersRetirement(retirements: Market["retirements"], id: string): string | undefined {
  return Object.entries(retirements).find(([key]) => key.slice(key.indexOf("/") + 1) === id)?.[1];
}

/** To one decimal; null when a family has no figure. */
export function meanQuality(families: readonly TaskFamily[], { scores }: ModelQuality): number | null {
  const figures = families.map((family) => scores[family]);
  if (figures.some((figure) => figure === undefined)) return null;
  const sum = figures.reduce<number>((total, figure) => total + (figure ?? 0), 0);
  return Math.round((sum / figures.length) * 10) / 10;
}

/** What a typical call costs, thinking included, at the dearest hour of the day; null without a price. */
export function typicalCost(
  { prices, costOf, at }: Pick<Market, "prices" | "costOf" | "at">,
  tokens: FunctionProfile["tokens"],
  { effort }: Pick<ModelQuality, "effort">,
  { provider, id }: Pick<Model, "provider" | "id">,
): bigint | null {
  const reasoningTokens = Math.round(tokens.reasoning * EFFORT_SCALE[effort]);
  const usage = {
    inputTokens: tokens.input,
    outputTokens: tokens.output + reasoningTokens,
    reasoningTokens,
    cachedInputTokens: 0,
    cacheWriteTokens: 0,
  };
  const midnightMs = Date.parse(`${at.toISOString().slice(0, 10)}T00:00:00Z`);
  let dearest: bigint | null = null;
  for (let hour = 0; hour < 24; hour += 1) {
    const price = prices.find(provider, id, new Date(midnightMs + hour * HOUR_MS));
    const cost = price && costOf(usage, price);
    if (cost !== null && (dearest === null || cost > dearest)) dearest = cost;
  }
  return dearest;
}
