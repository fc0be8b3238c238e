import { existsSync, statSync } from "node:fs";
import { isBuiltin } from "node:module";
import path from "node:path";

export type ImportTarget =
  | { kind: "file"; file: string }
  | { kind: "package"; name: string }
  | { kind: "builtin"; name: string }
  | { kind: "missing" };

const SUFFIXES = ["", ".ts", ".tsx", "/index.ts", "/index.tsx"] as const;

/** What a specifier in `fromFile` names: a file relative to `root`, an npm package, or a module of Node's own. */
export function resolveImport(root: string, subpaths: Map<string, string>, fromFile: string, specifier: string) {
  if (specifier.startsWith(".")) return asFile(root, path.posix.join(path.posix.dirname(fromFile), specifier));
  if (specifier.startsWith("#")) {
    for (const [prefix, folder] of subpaths) {
      if (specifier.startsWith(prefix)) return asFile(root, path.posix.join(folder, specifier.slice(prefix.length)));
    }
    return { kind: "missing" } satisfies ImportTarget;
  }
  if (specifier.startsWith("/")) return asFile(root, path.relative(root, specifier));
  if (isBuiltin(specifier)) return { kind: "builtin", name: specifier } satisfies ImportTarget;
  const parts = specifier.split("/");
  const name = parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
  return { kind: "package", name } satisfies ImportTarget;
}

/** The `imports` of package.json that end in `*`, e.g. `#lib/` → `lib`. */
export function readSubpaths(manifest: { imports?: Record<string, string> }): Map<string, string> {
  const entries = Object.entries(manifest.imports ?? {}).filter(([key]) => key.endsWith("*"));
  return new Map(entries.map(([key, target]) => [key.slice(0, -1), path.posix.normalize(target.slice(0, -1))]));
}

function asFile(root: string, wanted: string): ImportTarget {
  const file = path.posix.normalize(wanted);
  // Generated files count as there: a fresh checkout is checked before they are made.
  if (file.startsWith("lib/db/generated/")) return { kind: "file", file };
  for (const suffix of SUFFIXES) {
    const candidate = path.join(root, file + suffix);
    if (existsSync(candidate) && statSync(candidate).isFile()) return { kind: "file", file: file + suffix };
  }
  return { kind: "missing" };
}
