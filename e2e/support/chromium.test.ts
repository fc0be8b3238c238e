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

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test("the browser that CHROMIUM_PATH names comes before an installed one", () => {
  plant("one/chromium");
  vi.stubEnv("CHROMIUM_PATH", plant("elsewhere/my-chrome"));
  expect(ensureChromium("/none")).toBe(path.join(folder, "elsewhere/my-chrome"));
});

test("a CHROMIUM_PATH that leads nowhere is an error that says so, whatever is installed", () => {
  plant("one/chromium");
  vi.stubEnv("CHROMIUM_PATH", "/none/chrome");
  expect(() => ensureChromium("/none")).toThrow("CHROMIUM_PATH is /none/chrome, which is not an executable file");
});

test("an installed Chromium comes before Chrome, and Chrome before Playwright's own browser", () => {
  const own = plant("own/chrome");
  expect(ensureChromium(own)).toBe(own);
  const chrome = plant("one/google-chrome");
  expect(ensureChromium(own)).toBe(chrome);
  const chromium = plant("two/chromium");
  expect(ensureChromium(own)).toBe(chromium);
});

test("with none and no way to install one, the error says what to do", () => {
  expect(() => ensureChromium("/none")).toThrow("set CHROMIUM_PATH");
});

function plant(name: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, "#!/bin/sh\n");
  chmodSync(file, 0o755);
  return file;
}
