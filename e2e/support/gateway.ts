import OpenAI, { type ClientOptions } from "openai";
import type { Tier } from "#lib/gateway/contract/catalog.ts";
import type { InvocationDetailDto } from "#lib/services/invocations/schemas.ts";
import type { ModeDto } from "#lib/services/mode/schemas.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";
import { PINNED_CHAINS_VARIABLE } from "./pinned-chains.ts";
import { poll } from "./poll.ts";
import { seedTenant } from "./seed-tenant.ts";
import { type ServerOptions, startServer, type TestServer } from "./server.ts";
import { openUpstream, type Upstream } from "./upstream.ts";
import { answerError } from "./upstream-answers.ts";

/** A running gateway with one tenant, `demo`, whose platform accounts all lead to the scripted upstream. */
export interface GatewayUnderTest {
  baseUrl: string;
  database: TestDatabase;
  server: TestServer;
  upstream: Upstream;
  /** May call every function and model, read and change. */
  apiKey: string;
  /** The official client, which never retries on its own. */
  client(options?: ClientOptions): OpenAI;
  /** One call to the data plane, below `/v1`: a string goes out as it stands. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** One chat call. */
  chat(body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** A call to the management API below `/api/tenants/demo`. */
  manage(method: string, path: string, body?: unknown): Promise<Response>;
  /** Puts another tier in force: another chain of targets for every function. */
  setTier(tier: Tier): Promise<void>;
  createKey(fields: Record<string, unknown>): Promise<{ id: string; secret: string }>;
  /** The invocation's record, waiting at most 2 s for it. */
  invocation(id: string | null): Promise<InvocationDetailDto>;
  /** Whether it is on record once everything that was answered earlier is. */
  hasInvocation(id: string | null): Promise<boolean>;
  close(): Promise<void>;
}

const LEDGER_MS = 2_000;

export const MOUNTS = ["node", "next"] as const;

export async function openGateway(
  mount: ServerOptions["mount"],
  env: Record<string, string> = {},
): Promise<GatewayUnderTest> {
  const upstream = await openUpstream();
  const database = await createTestDatabase();
  const { apiKey } = await seedTenant(database.appUrl, "demo");
  const addresses = { DATABASE_URL: database.ownerUrl, DATABASE_APP_URL: database.appUrl };
  // One test's failures must not be another's open circuit: those that are about circuits set it as it is by default.
  const quiet = { SWITCHYARD_BREAKER_MIN_VOLUME: "1000000", SWITCHYARD_TIER_PINS: PINNED_CHAINS_VARIABLE };
  const server = await startServer({ mount, env: { ...upstream.environment(), ...addresses, ...quiet, ...env } });
  return describeGateway(mount, { upstream, database, server, apiKey });
}

type Parts = Pick<GatewayUnderTest, "upstream" | "database" | "server" | "apiKey">;

function describeGateway(mount: ServerOptions["mount"], parts: Parts): GatewayUnderTest {
  const { server, apiKey, upstream, database } = parts;
  const { baseUrl } = server;
  const bearer = { authorization: `Bearer ${apiKey}` };
  const json = { "content-type": "application/json" };

  const post: GatewayUnderTest["post"] = (path, body, headers = {}) =>
    fetch(`${baseUrl}/v1${path}`, {
      method: "POST",
      headers: { ...bearer, ...json, ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  const chat: GatewayUnderTest["chat"] = (body, headers) => post("/chat/completions", body, headers);
  const manage: GatewayUnderTest["manage"] = (method, path, body) =>
    fetch(`${baseUrl}/api/tenants/demo${path}`, {
      method,
      headers: { ...bearer, ...(body === undefined ? {} : json) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const findInvocation = async (id: string | null) => {
    const response = await manage("GET", `/invocations/${id}`);
    if (response.status === 200) return (await response.json()) as InvocationDetailDto;
    await response.body?.cancel();
    return null;
  };
  const invocation: GatewayUnderTest["invocation"] = (id) =>
    poll(`the invocation ${id}`, LEDGER_MS, () => findInvocation(id));

  return {
    ...parts,
    baseUrl,
    post,
    chat,
    manage,
    invocation,
    client: (options) => new OpenAI({ apiKey, baseURL: `${baseUrl}/v1`, maxRetries: 0, ...options }),
    async setTier(tier) {
      const { routeVersion } = (await (await manage("GET", "/mode")).json()) as ModeDto;
      const response = await manage("PUT", "/mode", { tier, routeVersion });
      if (response.status !== 200) throw new Error(`The tier was not changed: ${await response.text()}`);
      await response.body?.cancel();
    },
    async createKey(fields) {
      const response = await manage("POST", "/api-keys", { name: "Test", scopes: ["gateway:invoke"], ...fields });
      if (response.status !== 201) throw new Error(`No key was made: ${await response.text()}`);
      return (await response.json()) as { id: string; secret: string };
    },
    async hasInvocation(id) {
      // The ledger is written in the order of the answers: once this one is there, so is what came before.
      // Refused for good, so that nothing is tried again.
      upstream.on("vllm", answerError(404, { message: "There is no such model." }));
      const later = await chat({ model: "vllm/after", messages: [{ role: "user", content: "-" }] });
      await later.body?.cancel();
      await invocation(later.headers.get("x-switchyard-invocation-id"));
      return (await findInvocation(id)) !== null;
    },
    async close() {
      const code = await server.stop();
      await upstream.close();
      await database.drop();
      // Next's own server ends on SIGTERM as the signal does.
      if (code !== 0 && mount === "node") throw new Error(`The server ended with ${code}:\n${server.lines.join("\n")}`);
    },
  };
}
