import { createHash } from "node:crypto";
import { mkdir, realpath, rm, stat } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Another process holds the data folder; `holder` is what it says of itself, e.g. its address. */
export class DataFolderInUseError extends Error {
  constructor(folder: string, holder: string) {
    super(
      `Switchyard already runs on the data folder ${folder} (${holder}). ` +
        "Stop it first, or set SWITCHYARD_DATA_DIR to another folder.",
    );
    this.name = "DataFolderInUseError";
  }
}

export interface DataFolderLock {
  release(): Promise<void>;
}

/** A socket's path has to fit in 107 bytes, and some folders are deeper than that. */
const MAX_SOCKET_PATH_BYTES = 100;

/** Two starters that both found a dead holder's socket could both replace it: the first one notices after this long. */
const SETTLE_MS = 100;

/**
 * Holds the folder for this process: a socket in it that the kernel closes when the process ends, however it ends, so
 * that no lock outlives a kill. Throws `DataFolderInUseError` while somebody else answers on it.
 */
export async function lockDataFolder(folder: string, holder: string): Promise<DataFolderLock> {
  await mkdir(folder, { recursive: true });
  const socketPath = socketPathFor(await realpath(folder));
  for (;;) {
    const server = await listen(socketPath, holder);
    if (server !== null) {
      await assertStillOurs(server, socketPath, folder);
      return { release: () => close(server) };
    }
    const other = await askHolder(socketPath);
    if (other !== null) throw new DataFolderInUseError(folder, other);
    await rm(socketPath, { force: true });
  }
}

function socketPathFor(folder: string): string {
  const inside = path.join(folder, "lock.sock");
  if (Buffer.byteLength(inside) <= MAX_SOCKET_PATH_BYTES) return inside;
  const digest = createHash("sha256").update(folder).digest("hex").slice(0, 16);
  return path.join(tmpdir(), `switchyard-${digest}.sock`);
}

/** The listening server, or null when the path is taken. */
function listen(socketPath: string, holder: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on("error", () => {});
      socket.end(holder);
    });
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(null);
      else reject(error);
    });
    server.listen(socketPath, () => {
      server.unref();
      resolve(server);
    });
  });
}

/** What the holder says of itself, or null when nobody is behind the socket any more. */
function askHolder(socketPath: string): Promise<string | null> {
  return new Promise((resolve) => {
    let said = "";
    const socket = connect(socketPath);
    socket.setTimeout(2_000, () => socket.destroy());
    socket.on("data", (chunk) => {
      said += chunk.toString();
    });
    socket.on("error", () => resolve(null));
    socket.on("close", () => resolve(said === "" ? "it does not answer" : said));
  });
}

async function assertStillOurs(server: Server, socketPath: string, folder: string): Promise<void> {
  const inode = (await stat(socketPath)).ino;
  await sleep(SETTLE_MS);
  const now = await stat(socketPath).catch(() => null);
  if (now?.ino === inode) return;
  const other = await askHolder(socketPath);
  // Closing would unlink the path, which by now is the other one's.
  server.unref();
  throw new DataFolderInUseError(folder, other ?? "it started at the same moment");
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
