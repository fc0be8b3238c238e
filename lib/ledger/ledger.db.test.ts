import { execFile } from "node:child_process";
import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { Worker } from "node:worker_threads";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { makeInvocation } from "#e2e/isolation/support/gateway.ts";
import { makeTenant, type Opened, openTestDatabase, type TestTenant } from "#e2e/isolation/support/tenants.ts";
import { makeTempFolder, removeTempFolder } from "#e2e/support/temp-folder.ts";
import { openLedger } from "./ledger.ts";

const NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing";
let opened: Opened;
let tenant: TestTenant;
let spoolFolder: string;
let count = 0;

beforeAll(async () => {
  opened = await openTestDatabase();
});
beforeEach(async () => {
  count += 1;
  tenant = await makeTenant(opened.database, `tenant-${count}`);
  spoolFolder = path.join(await makeTempFolder("ledger"), "spool");
  return () => removeTempFolder(path.dirname(spoolFolder));
});
afterAll(() => opened.close());

async function start({ appUrl = opened.test.appUrl } = {}) {
  const log = { warn: vi.fn(), error: vi.fn() };
  const threads: Worker[] = [];
  const remember = (thread: Worker) => threads.push(thread);
  process.on("worker", remember);
  const ledger = await openLedger({ appUrl, spoolFolder, log });
  return { ledger, log, threads };
}
const call = () => makeInvocation({ id: uuidv7(), tenantId: tenant.tenantId, createdAtMs: Date.now() });
async function written(): Promise<string[]> {
  const sql = "SELECT id FROM invocation WHERE tenant_id = $1 ORDER BY id";
  const { rows } = await opened.owner.query<{ id: string }>(sql, [tenant.tenantId]);
  return rows.map(({ id }) => id);
}
const spooled = async () => (await readdir(spoolFolder)).filter((name) => name.endsWith(".ndjson"));

test("what was recorded is in PostgreSQL once flush or close answers, and nothing is left in the spool", async () => {
  const { ledger } = await start();
  const calls = [call(), call(), call()];
  ledger.record(calls[0] as never);
  await ledger.flush();
  expect(await written()).toEqual([calls[0]?.id]);
  for (const one of calls.slice(1)) ledger.record(one);
  await ledger.close();
  expect(await written()).toEqual(calls.map(({ id }) => id));
  expect(await spooled()).toEqual([]);
});

test("a lone call needs no flush", async () => {
  const { ledger } = await start();
  const one = call();
  ledger.record(one);
  await vi.waitFor(async () => expect(await written()).toEqual([one.id]), { timeout: 2_000, interval: 20 });
  await ledger.close();
});

test("without PostgreSQL it waits in the spool, and the next start writes it", async () => {
  const first = await start({ appUrl: NOWHERE });
  const one = call();
  first.ledger.record(one);
  await first.ledger.close();
  expect(await spooled()).toHaveLength(1);
  expect(first.log.warn).toHaveBeenCalledWith(
    expect.objectContaining({ err: expect.any(Error), code: "ECONNREFUSED" }),
    expect.any(String),
  );
  const second = await start();
  await second.ledger.flush();
  expect(await written()).toEqual([one.id]);
  await second.ledger.close();
});

test("a thread that dies loses nothing: another takes over what was handed over and what comes meanwhile", async () => {
  const { ledger, threads, log } = await start();
  const calls = Array.from({ length: 4 }, call);
  const [before, atOnce, meanwhile, after] = calls as [never, never, never, never];
  ledger.record(before);
  await ledger.flush();
  ledger.record(atOnce);
  const died = threads[0]?.terminate();
  ledger.record(meanwhile);
  await died;
  await ledger.flush();
  ledger.record(after);
  await ledger.close();
  expect(await written()).toEqual(calls.map(({ id }) => id));
  expect(threads).toHaveLength(2);
  expect(log.error).toHaveBeenCalledExactlyOnceWith({ exitCode: 1 }, expect.stringContaining("another takes over"));
});

test("a thread that cannot start is a failure to open, and is not tried again", async () => {
  const log = { warn: vi.fn(), error: vi.fn() };
  await expect(openLedger({ appUrl: NOWHERE, spoolFolder: "/dev/null/spool", log })).rejects.toThrow("ENOTDIR");
  await sleep(1_200);
  expect(log.error).toHaveBeenCalledOnce();
});

test("a process that ends at once leaves what it recorded in the spool", async () => {
  const one = call();
  const program = path.join(path.dirname(spoolFolder), "program.mjs");
  await writeFile(
    program,
    `import { openLedger } from ${JSON.stringify(path.join(import.meta.dirname, "ledger.ts"))};
    const ledger = await openLedger({ ...JSON.parse(process.argv[2]), log: console });
    ledger.record(JSON.parse(process.argv[3]));
    process.exit(0);`,
  );
  const record = JSON.stringify({ ...one, costNanoUsd: null, attempts: [] });
  await promisify(execFile)(process.execPath, [program, JSON.stringify({ appUrl: NOWHERE, spoolFolder }), record]);
  expect(await spooled()).toHaveLength(1);
  const { ledger } = await start();
  await ledger.close();
  expect(await written()).toEqual([one.id]);
});
