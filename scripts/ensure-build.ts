import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

const ROOT = path.resolve(import.meta.dirname, "..");
const STAMP = path.join(ROOT, ".next", "switchyard-build");

/** What the build is made of: a change in any of these asks for another. */
const SOURCES = [
  "app",
  "components",
  "lib",
  "public",
  "prisma/schema.prisma",
  "next.config.ts",
  "postcss.config.mjs",
  "proxy.ts",
  "package-lock.json",
  "tsconfig.json",
];

/** Makes the database client and the production build when they are missing or older than the sources. */
export async function ensureBuild(): Promise<void> {
  await generateClient();
  const digest = digestSources();
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === digest) return;
  console.log("Building …");
  await run("next", ["build"]);
  writeFileSync(STAMP, digest);
}

/** Makes the database client from the schema. Prisma's own engine, which it would download, is not needed for that. */
export async function generateClient(): Promise<void> {
  const schema = path.join(ROOT, "prisma/schema.prisma");
  const client = path.join(ROOT, "lib/db/generated/client.ts");
  if (existsSync(client) && statSync(client).mtimeMs >= statSync(schema).mtimeMs) return;
  await run("prisma", ["generate"], { PRISMA_SCHEMA_ENGINE_BINARY: "/bin/true" });
}

async function run(command: string, args: readonly string[], env: Record<string, string> = {}): Promise<void> {
  try {
    await promisify(execFile)(path.join(ROOT, "node_modules/.bin", command), args, {
      cwd: ROOT,
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", CHECKPOINT_DISABLE: "1", ...env },
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    console.error(`${stdout ?? ""}${stderr ?? ""}`);
    throw new Error(`\`${command} ${args.join(" ")}\` failed; its output is above.`);
  }
}

function digestSources(): string {
  const hash = createHash("sha256");
  for (const file of SOURCES.flatMap((source) => listFiles(path.join(ROOT, source)))) {
    hash.update(path.relative(ROOT, file)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

function listFiles(at: string): string[] {
  if (!existsSync(at)) return [];
  if (!statSync(at).isDirectory()) return [at];
  return readdirSync(at)
    .sort()
    .filter((name) => name !== "generated")
    .flatMap((name) => listFiles(path.join(at, name)));
}
