import { type AiFunction, TIERS, type Tier } from "#lib/gateway/contract/catalog.ts";
import { QUALITY_SOURCE, type TaskFamily } from "../quality.ts";
import type { Target } from "./build-chain.ts";
import { type Candidate, keyOf } from "./candidates.ts";
import type { Ranking } from "./rank.ts";

const FAMILY_NAMES: Readonly<Record<TaskFamily, string>> = {
  reasoning: "reasoning",
  dataAnalysis: "data analysis",
  language: "language",
  instructionFollowing: "instruction following",
  embeddings: "search by meaning",
};

const LISTING = new Intl.ListFormat("en-GB", { type: "conjunction" });
const PER_CALLS = 1_000n;

/** What a function's quality is the mean of, and where the figures come from. */
export function explainMeasure(families: readonly TaskFamily[]): string {
  const source = families.includes("embeddings") ? QUALITY_SOURCE.embeddings : QUALITY_SOURCE.livebench;
  return `${source}: ${LISTING.format(families.map((family) => FAMILY_NAMES[family]))}`;
}

type Chains = Readonly<Record<Tier, readonly Target[]>>;

/** Why each target of a tier stands where it does, in the chain's order. */
export function explainChain({ needs }: AiFunction, tier: Tier, chains: Chains, ranking: Ranking): string[] {
  const chain = chains[tier];
  const [first] = chain;
  if (!first) return [];
  const isEmbedding = needs.capabilities.includes("embeddings");
  return chain.map((target, at) => {
    if (at === 0) return `${rule(tier, ranking)}: ${figures(target)}.${sameElsewhere(tier, first, chains)}`;
    const told = `${sentence(figures(target))}.${onWhoseWord(target)}`;
    if (isEmbedding) return `${told}${otherVectors(target, first)}`;
    return `${told}${finishesAnswers(target, chain.slice(0, at), ranking)}`;
  });
}

function rule(tier: Tier, { best, floor, balancedFloor }: Ranking): string {
  if (tier === "performance") return "The best published quality";
  if (tier === "economy")
    return `The cheapest with a figure of its own above the floor of ${floor.toFixed(1)} (${percent(floor, best)} of the best)`;
  return `The best quality for its cost with a figure of its own above ${balancedFloor.toFixed(1)} (${percent(balancedFloor, best)} of the best)`;
}

function sameElsewhere(tier: Tier, first: Target, chains: Chains): string {
  const others = TIERS.filter((other) => other !== tier && chains[other][0] === first);
  if (others.length === 0) return "";
  const where = ` Also the pick for ${LISTING.format(others)}`;
  if (tier === "economy" && others.includes("performance")) {
    return `${where}: nothing cheaper that is measured itself reaches the floor.`;
  }
  if (tier === "performance" || others.includes("performance")) {
    return `${where}: what is cheaper and measured itself falls too far behind.`;
  }
  return `${where}: nothing better that is measured itself gives as much for its cost.`;
}

function figures({ quality, costNanoUsd }: Target): string {
  const cost = `${dollars(costNanoUsd)} per 1,000 typical calls`;
  return quality === null ? `no published figure that compares, ${cost}` : `${quality.toFixed(1)} out of 100, ${cost}`;
}

function onWhoseWord(target: Target): string {
  if (target.quality === null || target.isOwn) return "";
  return ` Not measured itself, so never first: the figure is its predecessor's (${target.run}).`;
}

function otherVectors({ model }: Target, first: Target): string {
  if (model === first.model) return "";
  return ` Its vectors do not compare with those of ${first.model}, so it is only for operators without an account at any provider before it.`;
}

/** Behind a better one of its provider, or of less quality than the function asks: for what it alone can do. */
function finishesAnswers(target: Target, before: readonly Target[], { floor, belowFloor }: Ranking): string {
  const isBelow = belowFloor.some((one) => one === target);
  if (!isBelow && before.every(({ provider }) => provider !== target.provider)) return "";
  const purpose = "here to finish answers that break off halfway";
  if (!isBelow) return ` Behind another model of its provider, and ${purpose}.`;
  return ` Below the floor of ${floor.toFixed(1)}, so last in line: it is ${purpose}, which no model above the floor can.`;
}

export function explainBelowFloor({ provider, model, quality }: Candidate): string {
  return `${keyOf(provider, model)} (${quality.toFixed(1)})`;
}

function dollars(costNanoUsd: bigint): string {
  return `$${(Number(costNanoUsd * PER_CALLS) / 1e9).toFixed(2)}`;
}

/** To the tenth that makes a difference: 87.5% stays what it is. */
function percent(part: number, whole: number): string {
  return `${Number(((part / whole) * 100).toFixed(1))}%`;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
