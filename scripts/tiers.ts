import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { computeBuiltInTable } from "#lib/catalog/tier-table/built-in.ts";
import { costNanoUsd } from "#lib/gateway/accounting/cost.ts";
import { readFlags } from "./read-flags.ts";

const HELP = `npm run tiers               computes the tier table from the catalog, its quality figures and its prices, and writes it
npm run tiers -- --check    says whether the committed table is what the command gives: 0 if so, else 1`;

const isCheck = readFlags(HELP, ["--check"]).has("--check");
const ROOT = path.resolve(import.meta.dirname, "..");
const FILE = path.join(ROOT, "lib/catalog/tier-table.generated.ts");

const written = format(`import type { DatedTierTable } from "./tier-table/built-in.ts";

/** Written by \`npm run tiers\` from the catalog, its quality figures and its prices: never by hand. */
export const TIER_TABLE: DatedTierTable = ${JSON.stringify(computeBuiltInTable(costNanoUsd))};
`);
if (!isCheck) {
  writeFileSync(FILE, written);
  console.log(`Wrote ${path.relative(ROOT, FILE)}.`);
} else if (readFileSync(FILE, "utf8") === written) {
  console.log("The committed tier table is what the command gives.");
} else {
  console.error("The committed tier table is not what the command gives: run `npm run tiers`.");
  process.exitCode = 1;
}

function format(text: string): string {
  const biome = path.join(ROOT, "node_modules/.bin/biome");
  return execFileSync(biome, ["format", `--stdin-file-path=${FILE}`], { input: text, cwd: ROOT, encoding: "utf8" });
}
