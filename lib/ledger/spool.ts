import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";

/** One invocation, ready to be written: its tenant, and its row as JSON. */
export interface SpooledRow {
  tenantId: string;
  row: string;
}

export interface Spool {
  /** Keeps a batch safe from the end of this process. Answers the name to take it by. */
  put(rows: readonly SpooledRow[]): Promise<string>;
  take(name: string): Promise<SpooledRow[]>;
  remove(name: string): Promise<void>;
  /** Batches that an earlier process left, oldest first. */
  leftovers(): Promise<string[]>;
  /** Sets rows aside that PostgreSQL refuses for what they hold, for a person to look at. */
  reject(rows: readonly SpooledRow[], reason: string): Promise<void>;
}

/** A folder of small files, one a batch, each written whole or not at all. The data folder's lock makes it ours alone. */
export async function openSpool(folder: string): Promise<Spool> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let count = 0;
  const prefix = Date.now().toString(36).padStart(10, "0");
  const fileOf = (name: string) => path.join(folder, name);
  const write = async (name: string, rows: readonly SpooledRow[]) => {
    const text = rows.map(({ tenantId, row }) => `${tenantId} ${row}\n`).join("");
    await writeFile(fileOf(`${name}.partial`), text, { mode: 0o600 });
    await rename(fileOf(`${name}.partial`), fileOf(name));
  };
  return {
    async put(rows) {
      count += 1;
      const name = `${prefix}-${String(count).padStart(10, "0")}.ndjson`;
      await write(name, rows);
      return name;
    },
    async take(name) {
      const lines = (await readFile(fileOf(name), "utf8")).split("\n").filter((line) => line !== "");
      return lines.map((line) => ({
        tenantId: line.slice(0, line.indexOf(" ")),
        row: line.slice(line.indexOf(" ") + 1),
      }));
    },
    async remove(name) {
      await rm(fileOf(name), { force: true });
    },
    async leftovers() {
      const names = await readdir(folder);
      return names.filter((name) => name.endsWith(".ndjson")).sort();
    },
    async reject(rows, reason) {
      count += 1;
      await write(`rejected-${prefix}-${count}.txt`, [...rows, { tenantId: "#", row: reason.replaceAll("\n", " ") }]);
    },
  };
}
