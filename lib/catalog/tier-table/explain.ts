import { TIERS, type Tier } from "#lib/gateway/contract/catalog.ts";
import { QUALITY_SOURCE, type TaskFamily } from "../quality.ts";
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

/** Why each target of a tier stands where it does, in the chain's order. */
export function explainChain(tier: Tier, chains: Ranking["chains"], ranking: Ranking): string[] {
  const [first, ...fallbacks] = chains[tier];
  if (!first) return [];
  return [
    `${rule(tier, ranking)}: ${figures(first)}.${sameElsewhere(tier, first, chains)}`,
    ...fallbacks.map((target) => `${sentence(figures(target))}.${onWhoseWord(target)}`),
  ];
}

function rule(tier: Tier, { best, floor, balancedFloor }: Ranking): string {
  if (tier === "performance") return "The best published quality";
  if (tier === "economy")
    return `The cheapest above the floor of ${floor.toFixed(1)} (${percent(floor, best)} of the best)`;
  return `The best quality for its cost from ${balancedFloor.toFixed(1)} on (${percent(balancedFloor, best)} of the best)`;
}

function sameElsewhere(tier: Tier, first: Candidate, chains: Ranking["chains"]): string {
  const others = TIERS.filter((other) => other !== tier && chains[other][0] === first);
  if (others.length === 0) return "";
  const where = ` Also the pick of ${LISTING.format(others)}`;
  if (tier === "economy" && others.includes("performance")) return `${where}: nothing cheaper reaches the floor.`;
  if (tier === "performance" || others.includes("performance"))
    return `${where}: what is cheaper falls too far behind.`;
  return `${where}: nothing better gives as much for its cost.`;
}

function figures({ quality, costNanoUsd }: Candidate): string {
  return `${quality.toFixed(1)} of 100, ${dollars(costNanoUsd)} per 1,000 typical calls`;
}

function onWhoseWord({ isOwn, run }: Candidate): string {
  return isOwn ? "" : ` Not measured itself, so never first: the figure is that of ${run}, which it follows.`;
}

export function explainBelowFloor({ provider, model, quality }: Candidate): string {
  return `${keyOf(provider, model)} (${quality.toFixed(1)})`;
}

function dollars(costNanoUsd: bigint): string {
  return `$${(Number(costNanoUsd * PER_CALLS) / 1e9).toFixed(2)}`;
}

/** To the tenth that makes a difference: 87.5 % stays what it is. */
function percent(part: number, whole: number): string {
  return `${Number(((part / whole) * 100).toFixed(1))} %`;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
