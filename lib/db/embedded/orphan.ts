import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 50;

/**
 * Clears what a killed start left behind in the database's folder: waits for a PostgreSQL that is still stopping,
 * stops one that is not, and removes a lock file whose process is gone (or whose number now belongs to another program).
 */
export async function stopOrphan(folder: string): Promise<void> {
  const lockFile = path.join(folder, "postmaster.pid");
  const pid = await readPid(lockFile);
  if (pid === null) return;
  for (const { signal, waitMs } of [
    { signal: null, waitMs: 3_000 },
    { signal: "SIGINT", waitMs: 15_000 },
    { signal: "SIGQUIT", waitMs: 5_000 },
    { signal: "SIGKILL", waitMs: 2_000 },
  ] as const) {
    if (!(await isOurPostgres(pid, folder))) break;
    if (signal !== null) process.kill(pid, signal);
    const deadline = Date.now() + waitMs;
    while (Date.now() < deadline && (await isOurPostgres(pid, folder))) await sleep(POLL_MS);
  }
  await rm(lockFile, { force: true });
}

async function readPid(lockFile: string): Promise<number | null> {
  const text = await readFile(lockFile, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const pid = Number.parseInt(text, 10);
  return Number.isInteger(pid) && pid > 0 ? pid : null;
}

async function isOurPostgres(pid: number, folder: string): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  // Linux says which program a number belongs to; elsewhere a live number is taken to be ours.
  const commandLine = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => null);
  if (commandLine === null) return process.platform !== "linux";
  return commandLine.split("\0").includes(folder);
}
