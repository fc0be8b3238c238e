import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { readOrCreateSecrets } from "#lib/data-folder/secrets.ts";
import { startEmbeddedPostgres } from "#lib/db/embedded/start.ts";
import { applyMigrations } from "#lib/db/migrations/apply.ts";
import { type Environment, EnvironmentError } from "#lib/env/read-env.ts";
import { admit, pathOf } from "#lib/mounts/front-door.ts";
import { serveMetrics } from "#lib/mounts/metrics.ts";
import { serveNode } from "#lib/mounts/node.ts";
import { announce } from "./announce.ts";
import { type Composition, compose } from "./compose.ts";
import { deriveAppUrl } from "./database-urls.ts";
import { ensureDemo } from "./demo.ts";
import { shareComposition } from "./get-composition.ts";
import type { Prepared } from "./prepare.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");

/** What is in flight when a stop is asked for gets this long. */
const DRAIN_MS = 30_000;

/** The database, the migrations, the demo tenant, then the server. The data folder is this process's already. */
export async function serve({ environment, lock }: Prepared, isDev: boolean): Promise<void> {
  const { dataDir } = environment;
  const secrets = await readOrCreateSecrets(dataDir);
  const postgres =
    environment.databaseUrl === null ? await startEmbeddedPostgres(dataDir, secrets.databasePassword) : null;
  const ownerUrl = postgres?.ownerUrl ?? (environment.databaseUrl as string);
  const appUrl = environment.databaseAppUrl ?? deriveAppUrl(ownerUrl);
  const sessionSecret = environment.sessionSecret ?? secrets.sessionSecret;
  await applyMigrations(ownerUrl, appUrl, ROOT);

  // next-auth reads these two by itself.
  process.env.NEXTAUTH_URL ??= environment.publicUrl;
  process.env.NEXTAUTH_SECRET ??= sessionSecret;
  const composition = await shareComposition(
    compose(environment, { appUrl, sessionSecret, generatedMasterKeys: secrets.masterKeys }),
  );
  const demo = isDemoWanted(environment) ? await ensureDemo(composition, sessionSecret) : null;
  const server = await listen(composition, isDev);
  stopOnSignals(server, composition, async () => {
    await postgres?.stop();
    await lock.release();
  });
  announce({ environment, postgres, demo, port: (server.address() as AddressInfo).port });
}

/** Not in a production that has a database of its own: a known account there would be a way in. */
function isDemoWanted({ isProduction, databaseUrl }: Environment): boolean {
  return !(isProduction && databaseUrl !== null);
}

async function listen(composition: Composition, isDev: boolean): Promise<Server> {
  const { port, host } = composition.environment;
  // React picks its build by this variable when it is first loaded.
  Object.assign(process.env, { NODE_ENV: isDev ? "development" : "production", NEXT_TELEMETRY_DISABLED: "1" });
  const { default: next } = await import("next");
  const app = next({ dev: isDev, dir: ROOT, hostname: host, port });
  await app.prepare();
  const handlePage = app.getRequestHandler();
  const server = createServer((request, response) => {
    answer(composition, handlePage, request, response).catch((error: unknown) => {
      composition.log.error({ err: error }, "a request failed outside the engine");
      response.destroy();
    });
  });
  // Slow headers hold a connection, never the process; bodies of 20 MB may take their time.
  server.headersTimeout = 20_000;
  server.requestTimeout = 300_000;
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explainListenError(error, host, port)));
    server.listen(port, host, resolve);
  });
  return server;
}

type PageHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The data plane and the metrics before Next sees them; all else is Next's. */
function answer(
  { gateway, metrics, environment }: Composition,
  handlePage: PageHandler,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = pathOf(request.url ?? "/");
  request.url = url;
  if (url.startsWith("/v1/") || url === "/v1") return serveNode(gateway, request, response);
  if (url === "/metrics") return serveMetrics(metrics, environment.metricsToken, request, response);
  const { trustedProxies, publicUrl } = environment;
  const isSecure = publicUrl.startsWith("https:");
  return admit(request, response, { trustedProxies, isSecure }) ? handlePage(request, response) : Promise.resolve();
}

function explainListenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === "EADDRINUSE")
    return new EnvironmentError([`Port ${port} is taken on ${host}: set PORT to another.`]);
  if (error.code === "EACCES") return new EnvironmentError([`Port ${port} needs more rights: set PORT above 1023.`]);
  if (error.code === "EADDRNOTAVAIL") return new EnvironmentError([`HOST ${host} is not an address of this machine.`]);
  return error;
}

/** Stop accepting, finish what is in flight, write the ledger, then the database, then leave with 0. */
function stopOnSignals(server: Server, composition: Composition, afterwards: () => Promise<void>): void {
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    const closed = new Promise((resolve) => server.close(resolve));
    // A connection whose last answer has gone out counts as idle only now and then asked.
    setInterval(() => server.closeIdleConnections(), 100).unref();
    setTimeout(() => server.closeAllConnections(), DRAIN_MS).unref();
    await closed;
    await composition.close();
    await afterwards();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop());
}
