import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { computeBuiltInTable } from "#lib/catalog/tier-table/built-in.ts";
import { costNanoUsd } from "#lib/gateway/accounting/cost.ts";

/** `npm run tiers` writes the tier table; `npm run tiers -- --check` says whether the committed one is what it writes. */
const ROOT = path.resolve(import.meta.dirname, "..");
const FILE = path.join(ROOT, "lib/catalog/tier-table.generated.ts");

const [argument, ...rest] = process.argv.slice(2);
if (rest.length > 0 || (argument !== undefined && argument !== "--check")) {
  console.error("Usage: npm run tiers [-- --check]");
  process.exit(2);
}

const written = format(`import type { DatedTierTable } from "./tier-table/built-in.ts";

/** Written by \`npm run tiers\` from the catalog, its quality figures and its prices: never by hand. */
export const TIER_TABLE: DatedTierTable = ${JSON.stringify(computeBuiltInTable(costNanoUsd))};
`);
if (argument !== "--check") {
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
