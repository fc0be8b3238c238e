import { spawnSync } from "node:child_process";
import path from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "..");

function run(script: string, ...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...words], { cwd: ROOT, encoding: "utf8" });
  return { status, stdout, stderr };
}

describe.each([
  ["server.ts", "npm start"],
  ["scripts/build.ts", "npm run build"],
  ["scripts/migrate.ts", "npm run db:migrate"],
  ["scripts/keys-rotate.ts", "npm run keys:rotate"],
  ["scripts/tiers.ts", "npm run tiers"],
])("%s", (script, command) => {
  test("says how it is used when asked, and does nothing", () => {
    const { status, stdout, stderr } = run(script, "--help");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout.startsWith(command)).toBe(true);
  });

  test("names a word that it does not understand, and does nothing", () => {
    const { status, stdout, stderr } = run(script, "--wrong");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr.startsWith(`--wrong is not understood.\n\n${command}`)).toBe(true);
  });
});
