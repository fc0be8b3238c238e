import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ensureChromium } from "./chromium.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "switchyard-chromium-"));
  vi.stubEnv("CHROMIUM_PATH", undefined);
  vi.stubEnv("PATH", `${folder}/one${path.delimiter}${folder}/two`);
});

/** With a folder for one that was unpacked. */
const ensure = (ownPath: string) => ensureChromium(ownPath, path.join(folder, "unpacked"));

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test("the browser that CHROMIUM_PATH names comes before an installed one", () => {
  plant("one/chromium");
  vi.stubEnv("CHROMIUM_PATH", plant("elsewhere/my-chrome"));
  expect(ensure("/none")).toBe(path.join(folder, "elsewhere/my-chrome"));
});

test("a CHROMIUM_PATH that leads nowhere is an error that says so, whatever is installed", () => {
  plant("one/chromium");
  vi.stubEnv("CHROMIUM_PATH", "/none/chrome");
  expect(() => ensure("/none")).toThrow("CHROMIUM_PATH is /none/chrome, which is not an executable file");
});

test("an installed Chromium comes before Chrome, and Chrome before Playwright's own browser", () => {
  const own = plant("own/chrome");
  expect(ensure(own)).toBe(own);
  const chrome = plant("one/google-chrome");
  expect(ensure(own)).toBe(chrome);
  const chromium = plant("two/chromium");
  expect(ensure(own)).toBe(chromium);
});

test("one that an earlier run has unpacked is used again, where no other is found", () => {
  const unpacked = plant("unpacked/chromium");
  expect(ensure("/none")).toBe(unpacked);
  const own = plant("own/chrome");
  expect(ensure(own)).toBe(own);
});

test("with none and no way to install one, the error says what to do", () => {
  expect(() => ensure("/none")).toThrow("set CHROMIUM_PATH");
});

function plant(name: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, "#!/bin/sh\n");
  chmodSync(file, 0o755);
  return file;
}
