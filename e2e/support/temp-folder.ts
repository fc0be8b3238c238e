import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** A folder for one run. Others may pass through it: as root, the embedded PostgreSQL below it is another user. */
export async function makeTempFolder(purpose: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), `switchyard-${purpose}-`));
  await chmod(folder, 0o755);
  return folder;
}

/** Retries, since a PostgreSQL that was just killed may still be writing in it. */
export function removeTempFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}
