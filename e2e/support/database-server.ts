import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import path from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "#lib/db/embedded/start.ts";
import { appUrlFor, urlOfDatabase } from "./database.ts";
import { makeTempFolder, removeTempFolder } from "./temp-folder.ts";

const run = promisify(execFile);

/**
 * Once a run of the database tests: the server at TEST_DATABASE_URL (its role must be a superuser), else an embedded
 * one that is thrown away; and in it a migrated template that each test file clones.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await openServer();
  const template = `switchyard_template_${randomBytes(6).toString("hex")}`;
  try {
    await runOn(server.ownerUrl, `CREATE DATABASE ${template}`);
    const templateUrl = urlOfDatabase(server.ownerUrl, template);
    await run(process.execPath, [path.join(import.meta.dirname, "migrate.ts"), templateUrl, appUrlFor(templateUrl)]);
    // PostgreSQL clones only what nobody is connected to.
    await runOn(
      server.ownerUrl,
      `ALTER DATABASE ${template} ALLOW_CONNECTIONS false`,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${template}'`,
    );
  } catch (error) {
    await server.close();
    throw error;
  }
  project.provide("databaseOwnerUrl", server.ownerUrl);
  project.provide("databaseTemplate", template);
  return async () => {
    await runOn(server.ownerUrl, `DROP DATABASE ${template} WITH (FORCE)`);
    await server.close();
  };
}

async function openServer() {
  const given = process.env.TEST_DATABASE_URL;
  if (given !== undefined && given !== "") return { ownerUrl: given, close: async () => {} };
  const folder = await makeTempFolder("database-tests");
  const postgres = await startEmbeddedPostgres(folder, "test-owner-password");
  // Nothing in it outlives the run, so nothing has to reach the disk.
  await runOn(
    postgres.ownerUrl,
    "ALTER SYSTEM SET fsync = off",
    "ALTER SYSTEM SET full_page_writes = off",
    "ALTER SYSTEM SET synchronous_commit = off",
    "SELECT pg_reload_conf()",
  );
  const close = async () => {
    await postgres.stop();
    await removeTempFolder(folder);
  };
  return { ownerUrl: postgres.ownerUrl, close };
}

async function runOn(url: string, ...statements: string[]) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
