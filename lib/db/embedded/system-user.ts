import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { chown, cp, mkdir, readFile, rename, stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface SystemUser {
  uid: number;
  gid: number;
}

const ACCOUNTS = ["postgres", "switchyard-db"] as const;

/**
 * PostgreSQL refuses to run as root. For root this answers the system account to run it as (made when there is none);
 * for everybody else null: it then runs as they do.
 */
export async function findDatabaseUser(): Promise<SystemUser | null> {
  if (process.getuid?.() !== 0) return null;
  const existing = await lookUp();
  if (existing !== null) return existing;
  await run("useradd", ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNTS[1]]).catch((cause) => {
    throw new Error(
      "PostgreSQL cannot run as root, and no system account for it could be made with useradd. " +
        "Start Switchyard as a normal user, or set DATABASE_URL.",
      { cause },
    );
  });
  const made = await lookUp();
  if (made === null) throw new Error(`The system account ${ACCOUNTS[1]} was made but is not in /etc/passwd.`);
  return made;
}

async function lookUp(): Promise<SystemUser | null> {
  const rows = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
  for (const account of ACCOUNTS) {
    const row = rows.find(([name]) => name === account);
    if (row !== undefined) return { uid: Number(row[2]), gid: Number(row[3]) };
  }
  return null;
}

/** Whether another account can walk down to the folder: every folder above it lets others pass. */
export async function isReachableByOthers(folder: string): Promise<boolean> {
  for (let at = path.dirname(folder); ; at = path.dirname(at)) {
    const found = await stat(at).catch(() => null);
    if (found !== null && (found.mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

/** Where the database goes when the data folder lies where its account cannot reach, e.g. below a home of mode 700. */
export function fallbackFolder(folder: string): string {
  const digest = createHash("sha256").update(folder).digest("hex").slice(0, 12);
  return path.join("/var/lib/switchyard", digest);
}

/** A copy of PostgreSQL's own files that the account can execute, made once a version and whole or not at all. */
export async function copyReachable(root: string, version: string): Promise<string> {
  const copy = path.join("/var/lib/switchyard", `postgres-${version}`);
  if ((await stat(copy).catch(() => null)) === null) {
    const partial = `${copy}.${process.pid}`;
    await cp(root, partial, { recursive: true, verbatimSymlinks: true });
    await rename(partial, copy);
  }
  return copy;
}

export async function giveTo(user: SystemUser | null, folder: string): Promise<void> {
  await mkdir(path.dirname(folder), { recursive: true });
  await mkdir(folder, { mode: 0o700 });
  if (user !== null) await chown(folder, user.uid, user.gid);
}
