import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm";
import pg from "pg";
import { EnvironmentError } from "#lib/env/read-env.ts";
import { prepareAppRole } from "./app-role.ts";
import { withSchemaEngine } from "./schema-engine.ts";

/** Months of ledger partitions made ahead of the present one. */
const MONTHS_AHEAD = 3;

const CONNECT_TIMEOUT_MS = 10_000;

/** Two instances that start at once migrate one after the other. Any number does, as long as nobody else uses it. */
const ADVISORY_LOCK = 7_241_905;

/**
 * Applies the committed migrations that the database lacks and prepares the role that the app runs as.
 * Answers the names of those applied. Runs on the owner's connection; safe to call from several instances at once.
 */
export async function applyMigrations(ownerUrl: string, appUrl: string, root: string): Promise<string[]> {
  const owner = await connectAsOwner(ownerUrl);
  try {
    await owner.query("SELECT pg_advisory_lock($1)", [ADVISORY_LOCK]);
    const migrationsList = await readMigrations(root);
    const { appliedMigrationNames } = await withSchemaEngine(ownerUrl, await readSchema(root), (engine) =>
      engine.applyMigrations({ migrationsList, filters: { externalTables: [], externalEnums: [] } }),
    );
    await owner.query("SELECT ensure_ledger_months($1)", [MONTHS_AHEAD]);
    await prepareAppRole(owner, appUrl);
    return appliedMigrationNames;
  } finally {
    await owner.end();
  }
}

/** Throws `EnvironmentError`, without the address: it holds a password. */
async function connectAsOwner(ownerUrl: string): Promise<pg.Client> {
  const owner = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  try {
    await owner.connect();
    return owner;
  } catch (error) {
    const { code } = error as { code?: string };
    const reason = REASONS[code ?? ""] ?? (code === undefined ? "it does not answer" : `it answers ${code}`);
    throw new EnvironmentError([`DATABASE_URL names a database that cannot be used: ${reason}.`]);
  }
}

/** Node's and PostgreSQL's codes for what is usually wrong with an address. */
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there (ECONNREFUSED)",
  ENOTFOUND: "its host name does not resolve (ENOTFOUND)",
  EAI_AGAIN: "its host name does not resolve at the moment (EAI_AGAIN)",
  "28P01": "the password is wrong (28P01)",
  "28000": "the role may not sign in (28000)",
  "3D000": "there is no database of that name (3D000)",
};

function readSchema(root: string): Promise<string> {
  return readFile(path.join(root, "prisma/schema.prisma"), "utf8");
}

/**
 * What the committed migrations lack to reach schema.prisma, as SQL; null when nothing. Builds them in a shadow
 * database of its own, so `ownerUrl`'s role must be allowed to create one. For tests and for writing a migration.
 */
export async function findDrift(ownerUrl: string, root: string): Promise<string | null> {
  const content = await readSchema(root);
  const request = {
    from: { tag: "migrations", ...(await readMigrations(root)) },
    to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content }] },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
    shadowDatabaseUrl: null,
  } as Parameters<SchemaEngine["diff"]>[0];
  const { exitCode, stdout } = await withSchemaEngine(ownerUrl, content, (engine) => engine.diff(request));
  return exitCode === 0 ? null : stdout;
}

async function readMigrations(root: string): Promise<MigrationList> {
  const baseDir = path.join(root, "prisma/migrations");
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir,
    lockfile: {
      path: "migration_lock.toml",
      content: await readFile(path.join(baseDir, "migration_lock.toml"), "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(
      names.map(async (name) => ({
        path: name,
        migrationFile: {
          path: "migration.sql",
          content: { tag: "ok" as const, value: await readFile(path.join(baseDir, name, "migration.sql"), "utf8") },
        },
      })),
    ),
  };
}
