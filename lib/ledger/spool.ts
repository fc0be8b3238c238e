import { mkdirSync, writeFileSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";

/** The most that a name has room for. */
const LAST_NUMBER = 9_999_999_999;

/** One invocation, ready to be written: its tenant, and its row as JSON. */
export interface SpooledRow {
  tenantId: string;
  row: string;
}

export interface Spool {
  /** Keeps a batch, a text of lines, safe from the end of this process. Answers the name to take it by. */
  put(lines: string): Promise<string>;
  take(name: string): Promise<string>;
  remove(name: string): Promise<void>;
  /** Batches that an earlier process left, oldest first. */
  leftovers(): Promise<string[]>;
  /** Sets rows aside that PostgreSQL refuses for what they hold, for a person to look at. */
  reject(rows: readonly SpooledRow[], reason: string): Promise<void>;
}

export function toLine({ tenantId, row }: SpooledRow): string {
  return `${tenantId} ${row}\n`;
}

export function fromLines(lines: string): SpooledRow[] {
  return lines
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => ({ tenantId: line.slice(0, line.indexOf(" ")), row: line.slice(line.indexOf(" ") + 1) }));
}

/** A folder of small files, one a batch, each written whole or not at all. The data folder's lock makes it ours alone. */
export async function openSpool(folder: string): Promise<Spool> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let count = 0;
  const prefix = prefixOfNow();
  const fileOf = (name: string) => path.join(folder, name);
  const write = async (name: string, text: string) => {
    await writeFile(fileOf(`${name}.partial`), text, { mode: 0o600 });
    await rename(fileOf(`${name}.partial`), fileOf(name));
  };
  return {
    async put(lines) {
      count += 1;
      const name = nameOf(prefix, count);
      await write(name, lines);
      return name;
    },
    take: (name) => readFile(fileOf(name), "utf8"),
    async remove(name) {
      await rm(fileOf(name), { force: true });
    },
    async leftovers() {
      const names = await readdir(folder);
      return names.filter((name) => name.endsWith(".ndjson")).sort();
    },
    async reject(rows, reason) {
      count += 1;
      const said = toLine({ tenantId: "#", row: reason.replaceAll("\n", " ") });
      await write(`rejected-${prefix}-${count}.txt`, rows.map(toLine).join("") + said);
    },
  };
}

/**
 * A last batch, for the next start to find: written before this returns, since the process is about to be gone. Its number
 * keeps it behind the batches of a spool that was opened in the same millisecond.
 */
export function spoolAtOnce(folder: string, lines: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(path.join(folder, nameOf(prefixOfNow(), LAST_NUMBER)), lines, { mode: 0o600 });
}

function prefixOfNow(): string {
  return Date.now().toString(36).padStart(10, "0");
}

function nameOf(prefix: string, number: number): string {
  return `${prefix}-${String(number).padStart(10, "0")}.ndjson`;
}
