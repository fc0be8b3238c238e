import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { TIER_TABLE } from "#lib/catalog/tier-table.generated.ts";
import type { ModelRef } from "#lib/gateway/contract/catalog.ts";
import { compareWith, type PickLine, type TierResult, type Tokens } from "./compare.ts";
import { CALL_SHARES } from "./mix.ts";

const TARGET_SAVING = 0.6;
const TARGET_QUALITY = 0.9;

interface Baseline extends ModelRef {
  what: string;
}

/** The first is the verdict's: it has the highest mean of the published figures, and costs least of the frontier ones. */
const BASELINES: readonly [Baseline, ...Baseline[]] = [
  { provider: "google", model: "gemini-3.1-pro-preview", what: "the best published frontier model" },
  { provider: "openai", model: "gpt-5.5", what: "the dearest frontier model that is measured" },
  { provider: "anthropic", model: "claude-opus-5", what: "frontier, by the figures of its forerunner Opus 4.8" },
  { provider: "anthropic", model: "claude-sonnet-5", what: "mid, by the figures of its forerunner Sonnet 4.6" },
];

/**
 * What routing by function saves, in published prices and figures: nothing is called. AZURE_TRACE may name the Azure LLM
 * inference trace (2023, code); its mean call then stands in for every function's typical one, as a second opinion.
 */
export function run(): Promise<void> {
  console.log(`Prices of ${TIER_TABLE.pricedOn}, each model as a call gets it that asks for no effort of its own.`);
  console.log("Function mix (per cent of calls):", CALL_SHARES);
  const trace = readTrace(process.env.AZURE_TRACE);
  for (const baseline of BASELINES) {
    const results = compareWith(baseline, CALL_SHARES);
    printSummary(baseline, results, trace && compareWith(baseline, CALL_SHARES, trace));
  }
  const verdictOn = compareWith(BASELINES[0], CALL_SHARES);
  for (const result of verdictOn) printPicks(BASELINES[0], result);
  for (const baseline of BASELINES) printVerdict(baseline, compareWith(baseline, CALL_SHARES));
  return Promise.resolve();
}

function printSummary(baseline: Baseline, results: readonly TierResult[], byTrace: readonly TierResult[] | null): void {
  console.log(`\nAgainst ${baseline.model} for everything (${baseline.what}):`);
  console.table(
    results.map(({ tier, lines, saving }, at) => ({
      tier,
      "$ / 1,000 calls": dollars(mean(lines, ({ cost }) => cost)),
      "baseline $": dollars(mean(lines, ({ baselineCost }) => baselineCost)),
      saving: percent(saving),
      "mean quality / baseline": percent(mean(lines, ratio)),
      "picks within 10 %": `${lines.filter(isWithin).length} of ${lines.length}`,
      ...(byTrace && { "saving by trace": percent(byTrace[at]?.saving ?? 0) }),
    })),
  );
}

function printPicks(baseline: Baseline, { tier, lines }: TierResult): void {
  console.log(`\n${tier}, against ${baseline.model}:`);
  console.table(
    lines.map((line) => ({
      function: line.slug,
      "calls %": line.share,
      pick: line.pick.model.split("/").at(-1),
      quality: line.quality.toFixed(1),
      baseline: line.baselineQuality.toFixed(1),
      ratio: percent(ratio(line)),
      "$ / 1,000": dollars(line.cost),
      saving: percent(1 - line.cost / line.baselineCost),
    })),
  );
}

function printVerdict(baseline: Baseline, results: readonly TierResult[]): void {
  const balanced = results.find(({ tier }) => tier === "balanced");
  if (!balanced) return;
  const behind = balanced.lines.filter((line) => !isWithin(line));
  const unsaved = balanced.lines.filter(({ cost, baselineCost }) => cost >= baselineCost);
  const isMet = balanced.saving >= TARGET_SAVING && behind.length === 0;
  console.log(
    `\nBalanced against ${baseline.model}: ${percent(balanced.saving)} below (target ${percent(TARGET_SAVING)}), ` +
      `${balanced.lines.length - behind.length} of ${balanced.lines.length} picks within 10 %: ` +
      `${isMet ? "met" : "NOT met"}.`,
  );
  for (const line of behind) {
    console.log(
      `  ${line.slug}: ${line.pick.model} has ${line.quality.toFixed(1)} against ${line.baselineQuality.toFixed(1)}; the tier asks for less than 90 % there.`,
    );
  }
  for (const { slug } of unsaved) {
    console.log(`  ${slug}: nothing saved, as no cheaper model that is measured comes near enough to the best.`);
  }
}

const ratio = ({ quality, baselineQuality }: PickLine) => quality / baselineQuality;
const isWithin = (line: PickLine) => ratio(line) >= TARGET_QUALITY;
const percent = (part: number) => `${(part * 100).toFixed(1)} %`;

/** Nano-dollars a call as dollars per 1,000 calls. */
const dollars = (nanoUsd: number) => (nanoUsd / 1e6).toFixed(2);

/** Over the mix. */
function mean(lines: readonly PickLine[], of: (line: PickLine) => number): number {
  const calls = lines.reduce((total, { share }) => total + share, 0);
  return lines.reduce((total, line) => total + line.share * of(line), 0) / calls;
}

/** The trace's mean call, without thinking, which its models did not do. */
function readTrace(path: string | undefined): Tokens | null {
  if (!path) return null;
  const rows = gunzipSync(readFileSync(path))
    .toString("utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((row) => row.split(","));
  const meanOf = (column: number) => Math.round(rows.reduce((sum, row) => sum + Number(row[column]), 0) / rows.length);
  return { input: meanOf(1), output: meanOf(2), reasoning: 0 };
}
