import { existsSync } from "node:fs";
import path from "node:path";
import { readEnvironment } from "#lib/composition/read-environment.ts";
import { DataFolderInUseError, lockDataFolder } from "#lib/data-folder/lock.ts";
import { type GeneratedSecrets, readOrCreateSecrets } from "#lib/data-folder/secrets.ts";
import { openDataKeyRegister } from "#lib/db/data-keys.ts";
import { findRunningPostgres } from "#lib/db/embedded/find-running.ts";
import { startEmbeddedPostgres } from "#lib/db/embedded/start.ts";
import { type Environment, EnvironmentError } from "#lib/env/read-env.ts";
import { openKeyWrapper } from "#lib/vault/open-key-wrapper.ts";
import { type RotationReport, rotateDataKeys } from "#lib/vault/rotate.ts";
import { readFlags } from "./read-flags.ts";

/** `npm run keys:rotate`: wraps every tenant's data key anew under the newest master key. */
const HELP = `npm run keys:rotate

Wraps the data key of every tenant anew under the newest master key. What the data keys have sealed is not touched and
stays readable all along; a run that was killed is simply run again. It works on DATABASE_URL, or on the embedded
database of the data folder, whether Switchyard runs on it or not.

  1. Make a key and put it first:  SWITCHYARD_MASTER_KEYS="2027:$(openssl rand -base64 32),<the old keys>"
     or name a key service first:  SWITCHYARD_KEY_SERVICE="vault:https://vault.example/transit/switchyard,environment"
     (keys that were made in the data folder stand in its secrets.json as masterKeys)
  2. Restart every instance with that, so that each knows the new key.
  3. npm run keys:rotate, with the same settings.
  4. Once it ends with 0, take the old keys out.

It ends with 1 when there is a data key that it could not open, each named with the reason, or when it could not run.`;

interface OpenedDatabase {
  ownerUrl: string;
  close(): Promise<void>;
}

readFlags(HELP);
process.exitCode = await main();

async function main(): Promise<number> {
  try {
    return await rotate(readEnvironment(process.env));
  } catch (error) {
    console.error(explain(error));
    return 1;
  }
}

async function rotate(environment: Environment): Promise<number> {
  const { databaseUrl, masterKeys, keyService } = environment;
  const dataDir = path.resolve(environment.dataDir);
  if (databaseUrl === null && !existsSync(path.join(dataDir, "secrets.json"))) {
    throw new EnvironmentError([
      `${dataDir} is no data folder: set DATABASE_URL, or SWITCHYARD_DATA_DIR to the right one.`,
    ]);
  }
  const generated = databaseUrl === null ? await readOrCreateSecrets(dataDir) : null;
  const settings = { masterKeys: masterKeys ?? generated?.masterKeys ?? null, keyService, variables: process.env };
  const wrapper = openKeyWrapper(settings);
  const database = generated === null ? given(databaseUrl as string) : await openEmbedded(dataDir, generated);
  const register = openDataKeyRegister(database.ownerUrl);
  try {
    const rotation = await rotateDataKeys(register, wrapper);
    if (rotation.status === "finished") return report(rotation.report);
    console.error(`The newest master key cannot be used, so nothing was touched. ${rotation.reason}`);
    return 1;
  } finally {
    await register.close();
    await database.close();
  }
}

function given(ownerUrl: string): OpenedDatabase {
  return { ownerUrl, close: async () => {} };
}

/** The embedded database as it runs, or started for as long as this takes. */
async function openEmbedded(dataDir: string, { databasePassword }: GeneratedSecrets): Promise<OpenedDatabase> {
  try {
    const lock = await lockDataFolder(dataDir, `rotating keys, process ${process.pid}`);
    const postgres = await startEmbeddedPostgres(dataDir, databasePassword);
    const close = async () => {
      await postgres.stop();
      await lock.release();
    };
    return { ownerUrl: postgres.ownerUrl, close };
  } catch (error) {
    if (!(error instanceof DataFolderInUseError)) throw error;
    const ownerUrl = await findRunningPostgres(dataDir, databasePassword);
    if (ownerUrl === null) throw error;
    return given(ownerUrl);
  }
}

function report({ keyId, rewrapped, already, failed }: RotationReport): number {
  console.log(`Newest master key: ${keyId}`);
  console.log(`Data keys: ${rewrapped} rewrapped, ${already} under it already, ${failed.length} not opened.`);
  for (const { tenantId, reason } of failed) console.error(`Tenant ${tenantId}: ${reason}`);
  return failed.length === 0 ? 0 : 1;
}

function explain(error: unknown): string {
  if (error instanceof EnvironmentError) return error.message;
  const { code, message } = error as { code?: string; message?: string };
  if (code === "42P01") return "This database is not migrated yet: run `npm run db:migrate`, or start Switchyard once.";
  return message || `It failed (${code ?? "for an unknown reason"}).`;
}
