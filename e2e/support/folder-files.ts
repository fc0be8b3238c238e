import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** Every file below the folder with what is in it, one at a time. What is deleted meanwhile is left out. */
export async function* readFolder(folder: string): AsyncGenerator<[file: string, bytes: Buffer]> {
  for (const entry of (await unlessGone(readdir(folder, { withFileTypes: true }))) ?? []) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* readFolder(file);
    if (!entry.isFile()) continue;
    const bytes = await unlessGone(readFile(file));
    if (bytes !== null) yield [file, bytes];
  }
}

async function unlessGone<Value>(reading: Promise<Value>): Promise<Value | null> {
  try {
    return await reading;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
