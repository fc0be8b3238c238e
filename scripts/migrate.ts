import path from "node:path";
import { deriveAppUrl } from "#lib/composition/database-urls.ts";
import { readEnvironment } from "#lib/composition/read-environment.ts";
import { applyMigrations } from "#lib/db/migrations/apply.ts";
import { EnvironmentError } from "#lib/env/read-env.ts";
import { readFlags } from "./read-flags.ts";

readFlags(`npm run db:migrate

Applies the committed migrations to DATABASE_URL, the owner's connection, and makes the role of DATABASE_APP_URL that the
app runs as. What is applied already is left as it is. The embedded database is migrated by npm start itself.`);

try {
  const { databaseUrl, databaseAppUrl } = readEnvironment(process.env);
  if (databaseUrl === null) {
    throw new EnvironmentError(["DATABASE_URL is unset: the embedded database is migrated by `npm start` itself."]);
  }
  const root = path.resolve(import.meta.dirname, "..");
  const applied = await applyMigrations(databaseUrl, databaseAppUrl ?? deriveAppUrl(databaseUrl), root);
  console.log(
    applied.length === 0 ? "Nothing to apply: the database is up to date." : `Applied ${applied.join(", ")}.`,
  );
  // The schema engine leaves a timer behind that would hold the process for ten seconds.
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
