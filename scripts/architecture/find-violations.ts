import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { findCycles } from "./find-cycles.ts";
import {
  areaOf,
  DATABASE_PACKAGE_USERS,
  DATABASE_PACKAGES,
  GENERATED_CLIENT,
  IMPORT_TABLE,
  matchesAny,
} from "./import-table.ts";
import { type FoundImport, readImports } from "./read-imports.ts";
import { type ImportTarget, readSubpaths, resolveImport } from "./resolve-import.ts";

export interface Violation {
  /** `import-table/<area>`, `unlisted-area`, `database-packages`, `generated-client`, `missing-file` or `no-cycles`. */
  rule: string;
  file: string;
  line: number;
  message: string;
}

const SOURCES = ["*.ts", "{app,components,lib,scripts,bench,e2e}/**/*.{ts,tsx}"];

/** Everything in the tree at `root` that breaks the import table, and how many files were read. */
export function findViolations(root: string): { violations: Violation[]; fileCount: number } {
  const subpaths = readSubpaths(JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")));
  const files = globSync(SOURCES, { cwd: root, exclude: ["**/node_modules", "lib/db/generated"] })
    .map((file) => file.split(path.sep).join("/"))
    .filter((file) => !file.endsWith(".d.ts"))
    .sort();
  const violations: Violation[] = [];
  const graph = new Map<string, string[]>();
  for (const file of files) {
    const targets: string[] = [];
    graph.set(file, targets);
    if (IMPORT_TABLE[areaOf(file)] === undefined) {
      const message = `the folder "${areaOf(file)}" is not in the import table (scripts/architecture/import-table.ts)`;
      violations.push({ rule: "unlisted-area", file, line: 1, message });
      continue;
    }
    for (const found of readImports(file, readFileSync(path.join(root, file), "utf8"))) {
      const target = found.specifier === null ? null : resolveImport(root, subpaths, file, found.specifier);
      const broken = check(file, found, target);
      if (broken !== null) violations.push({ ...broken, file, line: found.line });
      if (target?.kind === "file") targets.push(target.file);
    }
  }
  for (const cycle of findCycles(graph)) {
    violations.push({ rule: "no-cycles", file: cycle[0] as string, line: 1, message: cycle.join(" → ") });
  }
  return { violations, fileCount: files.length };
}

function check(file: string, { specifier }: FoundImport, target: ImportTarget | null) {
  const area = areaOf(file);
  const rule = IMPORT_TABLE[area];
  const refused = { rule: `import-table/${area}`, message: `${area} may not import ${specifier ?? "a computed name"}` };
  if (rule === undefined) return refused;
  if (target === null) return rule.packages === undefined ? null : refused;
  switch (target.kind) {
    case "missing":
      return { rule: "missing-file", message: `there is no file behind ${specifier}` };
    case "builtin":
      return rule.packages === undefined ? null : refused;
    case "package":
      if (area !== "tests" && matchesAny(target.name, DATABASE_PACKAGES) && !matchesAny(file, DATABASE_PACKAGE_USERS)) {
        return { rule: "database-packages", message: `only lib/db may import ${target.name}` };
      }
      return rule.packages === undefined || rule.packages.includes(target.name) ? null : refused;
    case "file":
      if (matchesAny(target.file, [GENERATED_CLIENT]) && !file.startsWith("lib/db/")) {
        return { rule: "generated-client", message: "only lib/db may import the generated client" };
      }
      return mayImport(area, target.file) ? null : refused;
  }
}

function mayImport(area: string, targetFile: string): boolean {
  const rule = IMPORT_TABLE[area];
  if (area === "tests" || areaOf(targetFile) === area) return true;
  if (rule === undefined || areaOf(targetFile) === "tests") {
    return matchesAny(targetFile, ["e2e/support/**"]) && matchesAny(targetFile, rule?.mayImport ?? []);
  }
  return matchesAny(targetFile, rule.mayImport) && !matchesAny(targetFile, rule.except ?? []);
}
