import { EnvironmentError } from "#lib/env/read-env.ts";
import { type Composition, compose } from "./compose.ts";
import { deriveAppUrl } from "./database-urls.ts";
import { readEnvironment } from "./read-environment.ts";

const SLOT = Symbol.for("switchyard.composition");

interface Slots {
  [SLOT]?: Promise<Composition>;
}

/** Makes the composition known to every copy of this module: a bundler makes several of them in one process. */
export function shareComposition(composition: Promise<Composition>): Promise<Composition> {
  (globalThis as Slots)[SLOT] = composition;
  return composition;
}

/** The process's one composition. Made at first use where no server of ours did: on platforms that only run Next. */
export function getComposition(): Promise<Composition> {
  return (globalThis as Slots)[SLOT] ?? shareComposition(composeAlone());
}

async function composeAlone(): Promise<Composition> {
  const environment = readEnvironment(process.env);
  const { databaseUrl, databaseAppUrl, sessionSecret } = environment;
  if (databaseUrl === null || sessionSecret === null) {
    throw new EnvironmentError([
      "DATABASE_URL and NEXTAUTH_SECRET must be set to run without Switchyard's own server; `npm start` brings both.",
    ]);
  }
  const appUrl = databaseAppUrl ?? deriveAppUrl(databaseUrl);
  return compose(environment, { appUrl, sessionSecret, generatedMasterKeys: null });
}
