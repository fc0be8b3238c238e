import { prepare } from "#lib/composition/prepare.ts";
import { DataFolderInUseError } from "#lib/data-folder/lock.ts";
import { EnvironmentError } from "#lib/env/read-env.ts";
import { ensureBuild, generateClient } from "./ensure-build.ts";
import { readFlags } from "./read-flags.ts";

const HELP = `npm start      builds if needed, starts the embedded PostgreSQL unless DATABASE_URL is set, migrates, and serves
npm run dev    the same with hot reload

It takes no options: PORT, HOST, SWITCHYARD_DATA_DIR and all other settings are environment variables, which the README
lists. It ends with 1 and a sentence when it cannot start, and with 0 on SIGTERM.`;

const isDev = readFlags(HELP, ["--dev"]).has("--dev");
try {
  const prepared = await prepare();
  await (isDev ? generateClient() : ensureBuild());
  // Only now: these modules import the database client that was just made.
  const { serve } = await import("#lib/composition/serve.ts");
  await serve(prepared, isDev);
} catch (error) {
  const isExpected = error instanceof EnvironmentError || error instanceof DataFolderInUseError;
  console.error(isExpected ? `\n${error.message}\n` : error);
  process.exit(1);
}
