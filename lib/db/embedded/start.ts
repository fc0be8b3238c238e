import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { findPostgresBinaries, type PostgresBinaries } from "./binaries.ts";
import { stopOrphan } from "./orphan.ts";
import {
  copyReachable,
  fallbackFolder,
  findDatabaseUser,
  giveTo,
  isReachableByOthers,
  type SystemUser,
} from "./system-user.ts";

export interface EmbeddedPostgres {
  /** The owner's connection: migrations and role set-up only. */
  ownerUrl: string;
  /** Where the database's files are: not always below the data folder (see `movedFrom`). */
  folder: string;
  /** Set when the data folder could not be used, because the database's system account cannot reach it. */
  movedFrom: string | null;
  stop(): Promise<void>;
}

const OWNER = "switchyard_owner";
const DATABASE = "switchyard";
/** Nothing of ours reaches PostgreSQL's environment: it may hold secrets. */
const ENVIRONMENT = { PATH: process.env.PATH, LC_ALL: "C" } as unknown as NodeJS.ProcessEnv;
const START_TIMEOUT_MS = 60_000;

/**
 * Starts the PostgreSQL that came with the packages, making its database at the first start. It stops with this
 * process, however that ends. The caller holds the data folder's lock.
 */
export async function startEmbeddedPostgres(dataFolder: string, password: string): Promise<EmbeddedPostgres> {
  const user = await findDatabaseUser();
  const wanted = path.resolve(dataFolder, "postgres");
  await mkdir(dataFolder, { recursive: true });
  let binaries = await findPostgresBinaries();
  let folder = wanted;
  if (user !== null) {
    if (!(await isReachableByOthers(wanted))) folder = path.join(fallbackFolder(wanted), "postgres");
    if (!(await isReachableByOthers(binaries.postgres))) binaries = await copiedBinaries(binaries);
  }
  await stopOrphan(folder);
  await initialise(binaries, folder, password, user);
  const port = await freePort();
  const server = await launch(binaries, folder, port, user);
  const ownerUrl = describeOwnerUrl(password, port);
  await waitUntilReady(server, ownerUrl, `${folder}.log`);
  await createDatabase(ownerUrl);
  return { ownerUrl, folder, movedFrom: folder === wanted ? null : wanted, stop: () => stop(server) };
}

/** Where the database's owner reaches it. */
export function describeOwnerUrl(password: string, port: number): string {
  return `postgresql://${OWNER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${DATABASE}`;
}

async function copiedBinaries(binaries: PostgresBinaries): Promise<PostgresBinaries> {
  const version = (await stat(binaries.postgres)).mtimeMs.toString(36);
  const root = await copyReachable(binaries.root, version);
  return { root, initdb: path.join(root, "bin/initdb"), postgres: path.join(root, "bin/postgres") };
}

/** initdb into a folder beside the final one and rename: a start that is killed halfway leaves nothing half made. */
async function initialise(binaries: PostgresBinaries, folder: string, password: string, user: SystemUser | null) {
  const isMade = await stat(path.join(folder, "PG_VERSION")).catch(() => null);
  if (isMade !== null) return;
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await giveTo(user, partial);
  const passwordFile = path.join(path.dirname(folder), `.initdb-${process.pid}`);
  await writeFile(passwordFile, password, { mode: 0o600 });
  try {
    if (user !== null) await giveFileTo(user, passwordFile);
    const child = spawn(
      binaries.initdb,
      [
        `--pgdata=${partial}`,
        `--username=${OWNER}`,
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
      ],
      { ...user, cwd: "/", env: ENVIRONMENT, stdio: ["ignore", "ignore", "pipe"] },
    );
    let complaint = "";
    child.stderr.on("data", (chunk) => {
      complaint += chunk;
    });
    const [code] = await once(child, "close");
    if (code !== 0) throw new Error(`initdb could not make the database in ${folder}: ${complaint.trim()}`);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(partial, folder);
}

async function giveFileTo(user: SystemUser, file: string) {
  const handle = await open(file);
  await handle.chown(user.uid, user.gid);
  await handle.close();
}

async function launch(binaries: PostgresBinaries, folder: string, port: number, user: SystemUser | null) {
  const log = await open(`${folder}.log`, "a");
  const settings = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    timezone: "UTC",
    log_timezone: "UTC",
    max_connections: "60",
    shared_buffers: "128MB",
  };
  const server = spawn(
    binaries.postgres,
    ["-D", folder, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    // A process group of its own: Ctrl-C in the terminal must reach us first, so that the ledger is written.
    {
      ...user,
      cwd: "/",
      env: ENVIRONMENT,
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
    },
  );
  await Promise.all([once(server, "spawn"), log.close()]);
  stopWithParent(server);
  return server;
}

/** A shell that waits on a pipe from us: when this process is gone, killed or not, the pipe ends and it stops PostgreSQL. */
function stopWithParent(server: ChildProcess) {
  const watcher = spawn("/bin/sh", ["-c", 'cat >/dev/null; kill -INT "$1" 2>/dev/null', "sh", String(server.pid)], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  watcher.on("error", () => {});
  watcher.unref();
  (watcher.stdin as unknown as { unref(): void }).unref();
  server.once("exit", () => watcher.kill());
}

async function waitUntilReady(server: ChildProcess, ownerUrl: string, logFile: string) {
  const deadline = Date.now() + START_TIMEOUT_MS;
  let cause: unknown;
  while (server.exitCode === null && Date.now() < deadline) {
    const client = maintenanceClient(ownerUrl);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      cause = error;
      await sleep(25);
    }
  }
  server.kill("SIGINT");
  const lines = (await readFile(logFile, "utf8").catch(() => "")).trim().split("\n").slice(-5).join("\n");
  throw new Error(`The embedded PostgreSQL did not start. The end of its log, ${logFile}:\n${lines}`, { cause });
}

async function createDatabase(ownerUrl: string) {
  const client = maintenanceClient(ownerUrl);
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

function maintenanceClient(ownerUrl: string): pg.Client {
  const url = new URL(ownerUrl);
  url.pathname = "/postgres";
  const client = new pg.Client({ connectionString: url.href });
  client.on("error", () => {});
  return client;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, "exit");
  server.kill("SIGINT");
  await exited;
}
