import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { fromLines, openSpool, spoolAtOnce, toLine } from "./spool.ts";

const TENANT = "0190a000-0000-7000-8000-00000000000a";
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "switchyard-spool-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const row = (id: number) => ({ tenantId: TENANT, row: JSON.stringify({ id, text: "a b\\nc 😀" }) });
const lines = (...ids: number[]) => ids.map((id) => toLine(row(id))).join("");

test("a batch comes back as it was put", async () => {
  const spool = await openSpool(folder);
  const name = await spool.put(lines(1, 2));
  expect(fromLines(await spool.take(name))).toEqual([row(1), row(2)]);
});

test("a removed batch is gone, and removing it again is no fault", async () => {
  const spool = await openSpool(folder);
  const name = await spool.put(lines(1));
  await spool.remove(name);
  await spool.remove(name);
  expect(await readdir(folder)).toEqual([]);
});

test("what an earlier process left is found in the order it was put, past ten batches too", async () => {
  const earlier = await openSpool(folder);
  const names: string[] = [];
  for (let id = 0; id < 12; id += 1) names.push(await earlier.put(lines(id)));
  const later = await openSpool(folder);
  expect(await later.leftovers()).toEqual(names);
  expect(await later.take(names[11] as string)).toBe(lines(11));
});

test("a last batch is found after all that was put before it, even within one millisecond of the start", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const inner = path.join(folder, "spool");
  const spool = await openSpool(inner);
  const names = [await spool.put(lines(1)), await spool.put(lines(2))];
  spoolAtOnce(inner, lines(3));
  const found = await spool.leftovers();
  expect(found.slice(0, 2)).toEqual(names);
  expect(await spool.take(found[2] as string)).toBe(lines(3));
});

test("a last batch is kept although no spool was opened yet", async () => {
  const inner = path.join(folder, "spool");
  spoolAtOnce(inner, lines(1));
  const spool = await openSpool(inner);
  const [name = ""] = await spool.leftovers();
  expect(await spool.take(name)).toBe(lines(1));
});

test("a batch that was only half written is no batch", async () => {
  await writeFile(path.join(folder, "0000000000-0000000001.ndjson.partial"), `${TENANT} {"id"`);
  expect(await (await openSpool(folder)).leftovers()).toEqual([]);
});

test("rejected rows are kept with the reason, and never taken for a batch", async () => {
  const spool = await openSpool(folder);
  await spool.reject([row(1)], "it\ndoes not fit");
  expect(await spool.leftovers()).toEqual([]);
  const [file = ""] = await readdir(folder);
  const text = await readFile(path.join(folder, file), "utf8");
  expect(text).toBe(`${TENANT} ${row(1).row}\n# it does not fit\n`);
});

test("only the process's own user can read it", async () => {
  const inner = path.join(folder, "spool");
  const name = await (await openSpool(inner)).put(lines(1));
  expect((await stat(inner)).mode & 0o777).toBe(0o700);
  expect((await stat(path.join(inner, name))).mode & 0o777).toBe(0o600);
});
