import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

const secretsSchema = z.object({
  masterKeys: z.string(),
  sessionSecret: z.string(),
  databasePassword: z.string(),
});

/** Secrets that this folder's instance made for itself because nobody gave it any. */
export type GeneratedSecrets = z.infer<typeof secretsSchema>;

/**
 * Reads the folder's own secrets, making them at the first start. The file is readable by its owner only and is
 * written whole or not at all. A damaged file is an error, never silently replaced: data may be encrypted under it.
 */
export async function readOrCreateSecrets(folder: string): Promise<GeneratedSecrets> {
  const file = path.join(folder, "secrets.json");
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (text !== null) return parseSecrets(text, file);

  const secrets: GeneratedSecrets = {
    masterKeys: `local-1:${randomBytes(32).toString("base64")}`,
    sessionSecret: randomBytes(32).toString("base64url"),
    databasePassword: randomBytes(24).toString("base64url"),
  };
  await mkdir(folder, { recursive: true });
  const temporary = `${file}.${process.pid}`;
  await writeFile(temporary, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  await chmod(temporary, 0o600);
  await rename(temporary, file);
  return secrets;
}

function parseSecrets(text: string, file: string): GeneratedSecrets {
  try {
    return secretsSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`${file} is damaged. Restore it from a backup: it holds the keys of everything stored beside it.`, {
      cause,
    });
  }
}
