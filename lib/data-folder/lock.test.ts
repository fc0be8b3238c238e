import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DataFolderInUseError, lockDataFolder } from "./lock.ts";

const children: ChildProcess[] = [];
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "switchyard-lock-"));
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

test("a second holder is refused with the first one's words", async () => {
  const lock = await lockDataFolder(folder, "http://localhost:3000");
  const second = lockDataFolder(folder, "http://localhost:4000");
  await expect(second).rejects.toThrow(DataFolderInUseError);
  await expect(second).rejects.toThrow("http://localhost:3000");
  await lock.release();
});

test("a released folder can be held again", async () => {
  await (await lockDataFolder(folder, "first")).release();
  await (await lockDataFolder(folder, "second")).release();
});

test("of two that start at once, only one holds the folder", async () => {
  const both = await Promise.allSettled([lockDataFolder(folder, "one"), lockDataFolder(folder, "two")]);
  expect(both.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
  for (const result of both) if (result.status === "fulfilled") await result.value.release();
});

test("another process is refused while the holder lives, and takes over when it was killed", async () => {
  const holder = await holdInChild(folder);
  await expect(lockDataFolder(folder, "second")).rejects.toThrow("the child");
  const exited = once(holder, "exit");
  holder.kill("SIGKILL");
  await exited;
  expect(await stat(path.join(folder, "lock.sock")), "the killed holder's socket").toBeDefined();
  const lock = await lockDataFolder(folder, "second");
  await expect(lockDataFolder(folder, "third")).rejects.toThrow("second");
  await lock.release();
});

test("a folder too deep for a socket's path can be held, once", async () => {
  const deep = path.join(folder, "d".repeat(120));
  const lock = await lockDataFolder(deep, "the deep one");
  await expect(lockDataFolder(deep, "second")).rejects.toThrow("the deep one");
  await lock.release();
});

async function holdInChild(held: string): Promise<ChildProcess> {
  const script = `
    import { lockDataFolder } from ${JSON.stringify(path.join(import.meta.dirname, "lock.ts"))};
    await lockDataFolder(${JSON.stringify(held)}, "the child");
    console.log("held");
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  await once(child.stdout, "data");
  return child;
}
