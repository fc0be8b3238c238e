import { prepare } from "#lib/composition/prepare.ts";
import { DataFolderInUseError } from "#lib/data-folder/lock.ts";
import { EnvironmentError } from "#lib/env/read-env.ts";
import { ensureBuild, generateClient } from "./scripts/ensure-build.ts";

/** `npm start`, and with `--dev` `npm run dev`. Ends the process with 1 and a sentence when it cannot start. */
const isDev = process.argv.includes("--dev");
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
