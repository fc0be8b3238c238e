import path from "node:path";
import { type Counts, countCheck, countPlaywright, countVitest } from "./counts.ts";
import { type CommandResult, runCommand } from "./run-command.ts";

export interface SectionResult {
  counts: Counts;
  output: string;
}

export interface Section {
  name: string;
  title: string;
  /** Whether `npm run verify` runs it too: it needs no database, no browser and no build. */
  isQuick: boolean;
  /** A section that this one builds on: when that one failed, this one counts as one failure without being run. */
  needs?: string;
  /** `reportFolder` is for the reports of the test runners. */
  run(reportFolder: string): Promise<SectionResult>;
}

const GENERATE = ["prisma", "generate"] as const;
/** Prisma's CLI otherwise tries to download an engine that the generator does not need. */
const WITHOUT_ENGINE = { PRISMA_SCHEMA_ENGINE_BINARY: "/usr/bin/true" };

/** Everything that must hold, in the order it is checked: the cheap before the costly. */
export const SECTIONS: readonly Section[] = [
  {
    name: "lint",
    title: "Format and lint",
    isQuick: true,
    run: () => check(["biome", "ci", "--colors=off", "--max-diagnostics=200", "."]),
  },
  {
    name: "types",
    title: "Types",
    isQuick: true,
    run: () => check(GENERATE, ["next", "typegen"], ["tsc", "--noEmit"]),
  },
  {
    name: "architecture",
    title: "Who imports whom",
    isQuick: true,
    run: () => check([process.execPath, "scripts/check-architecture.ts"]),
  },
  { name: "dead-code", title: "Dead code", isQuick: true, run: () => check(["knip"]) },
  { name: "unit", title: "Unit tests", isQuick: true, run: (folder) => vitest("unit", folder) },
  { name: "build", title: "Build", isQuick: false, run: () => check([process.execPath, "scripts/build.ts"]) },
  { name: "database", title: "Database tests", isQuick: false, run: (folder) => vitest("database", folder) },
  { name: "browser", title: "Browser tests", isQuick: false, needs: "build", run: playwright },
];

/** One check made of commands, each run only if the one before it succeeded. */
async function check(...commands: (readonly string[])[]): Promise<SectionResult> {
  let result: CommandResult = { isOk: true, output: "" };
  for (const command of commands) {
    result = await runCommand(command, WITHOUT_ENGINE);
    if (!result.isOk) break;
  }
  return { counts: countCheck(result.isOk), output: result.output };
}

async function vitest(project: string, reportFolder: string): Promise<SectionResult> {
  const report = path.join(reportFolder, `${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { isOk, output } = await runCommand(["vitest", "run", "--project", project, ...reporters]);
  return { counts: countVitest(report, isOk), output };
}

async function playwright(reportFolder: string): Promise<SectionResult> {
  const report = path.join(reportFolder, "browser.json");
  const { isOk, output } = await runCommand(["playwright", "test"], { PLAYWRIGHT_JSON_OUTPUT_FILE: report });
  return { counts: countPlaywright(report, isOk), output };
}
