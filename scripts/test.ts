import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { addCounts, type Counts, countCheck, describeCounts } from "./testing/counts.ts";
import { SECTIONS, type Section, type SectionResult } from "./testing/sections.ts";

const USAGE = `npm test [-- OPTIONS]     everything that must hold
npm run verify            the part that needs no database, no browser and no build

  --only NAME   run only this section; may be given several times
  --verify      run only what npm run verify runs
  --help        print this

Sections: ${SECTIONS.map(({ name }) => name).join(", ")}`;

const chosen = chooseSections();
if (chosen !== null) process.exitCode = (await runAll(chosen)).failed === 0 ? 0 : 1;

/** The sections that the command line asks for; null when there is nothing to run, with the exit code set. */
function chooseSections(): readonly Section[] | null {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: "string", multiple: true },
        verify: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) {
      console.log(USAGE);
      return null;
    }
    const only = values.only ?? [];
    const unknown = only.find((name) => !SECTIONS.some((section) => section.name === name));
    if (unknown !== undefined) throw new Error(`There is no section "${unknown}".`);
    return SECTIONS.filter(
      ({ name, isQuick }) => (only.length === 0 || only.includes(name)) && (isQuick || !values.verify),
    );
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    process.exitCode = 2;
    return null;
  }
}

async function runAll(sections: readonly Section[]): Promise<Counts> {
  const reportFolder = mkdtempSync(path.join(tmpdir(), "switchyard-reports-"));
  const failedNames = new Set<string>();
  let total: Counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    for (const section of sections) {
      const counts = await runOne(section, failedNames, reportFolder);
      if (counts.failed > 0) failedNames.add(section.name);
      total = addCounts(total, counts);
    }
  } finally {
    rmSync(reportFolder, { recursive: true, force: true });
  }
  console.log(`\n${describeCounts(total)}`);
  return total;
}

async function runOne(section: Section, failedNames: ReadonlySet<string>, reportFolder: string): Promise<Counts> {
  console.log(`\n== ${section.title} (${section.name})`);
  const startedAt = performance.now();
  const { counts, output } = await resultOf(section, failedNames, reportFolder);
  if (counts.failed > 0) console.log(output);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${counts.failed > 0 ? "FAILED" : "ok"}: ${describeCounts(counts)} in ${seconds} s`);
  return counts;
}

async function resultOf(section: Section, failedNames: ReadonlySet<string>, folder: string): Promise<SectionResult> {
  if (section.needs !== undefined && failedNames.has(section.needs)) {
    return { counts: countCheck(false), output: `Not run: "${section.needs}" failed.` };
  }
  return section.run(folder);
}
