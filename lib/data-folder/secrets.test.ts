import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readOrCreateSecrets } from "./secrets.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "switchyard-secrets-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test("secrets are made once: every later start reads the same ones", async () => {
  const first = await readOrCreateSecrets(folder);
  expect(await readOrCreateSecrets(folder)).toEqual(first);
  expect(await readdir(folder)).toEqual(["secrets.json"]);
});

test("two folders never share a secret", async () => {
  const here = await readOrCreateSecrets(path.join(folder, "one"));
  const there = await readOrCreateSecrets(path.join(folder, "two"));
  expect(new Set([...Object.values(here), ...Object.values(there)]).size).toBe(6);
});

test("a master key is 32 random bytes under an id", async () => {
  const [id, key] = (await readOrCreateSecrets(folder)).masterKeys.split(":");
  expect(id).toBe("local-1");
  expect(Buffer.from(key ?? "", "base64")).toHaveLength(32);
});

test("the file can be read by its owner only", async () => {
  await readOrCreateSecrets(folder);
  expect((await stat(path.join(folder, "secrets.json"))).mode & 0o777).toBe(0o600);
});

test.each([
  ["cut short", '{"masterKeys": "local'],
  ["empty", ""],
  ["missing a secret", '{"masterKeys": "a", "sessionSecret": "b"}'],
])("a damaged file (%s) is an error that names it, and is left as it is", async (_, content) => {
  const file = path.join(folder, "secrets.json");
  await writeFile(file, content);
  await expect(readOrCreateSecrets(folder)).rejects.toThrow(`${file} is damaged`);
  expect(await readFile(file, "utf8")).toBe(content);
});
