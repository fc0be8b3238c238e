import { readFile } from "node:fs/promises";
import path from "node:path";
import { describeOwnerUrl } from "./start.ts";
import { fallbackFolder } from "./system-user.ts";

/** The owner's connection to the embedded PostgreSQL that serves this data folder already; null: none does. */
export async function findRunningPostgres(dataFolder: string, password: string): Promise<string | null> {
  const wanted = path.resolve(dataFolder, "postgres");
  for (const folder of [wanted, path.join(fallbackFolder(wanted), "postgres")]) {
    const lines = await readFile(path.join(folder, "postmaster.pid"), "utf8").catch(() => "");
    // Its fourth line is the port, by PostgreSQL's own documentation of the file.
    const port = Number(lines.split("\n")[3]);
    if (port > 0) return describeOwnerUrl(password, port);
  }
  return null;
}
