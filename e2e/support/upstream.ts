import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { PROVIDERS, type ProviderEntry } from "#lib/providers/registry/index.ts";

/** One call that the gateway made to a provider. */
export interface UpstreamCall {
  provider: string;
  /** Below the provider's base URL, with the query. */
  path: string;
  headers: IncomingHttpHeaders;
  // biome-ignore lint/suspicious/noExplicitAny: whatever was sent; the test says what it expects.
  body: any;
  /** Settles when the gateway closes the connection before the answer is complete; never otherwise. */
  cutOff: Promise<void>;
}

/** How a provider answers from now on. It may keep the answer open for as long as it likes. */
export type Script = (response: ServerResponse, call: UpstreamCall) => void | Promise<void>;

/** Stands in for every provider, each below a path of its own, and answers as the test says. */
export interface Upstream {
  calls: UpstreamCall[];
  /** Connections opened so far. */
  connectionCount(): number;
  baseUrl(provider: string): string;
  on(provider: string, script: Script): void;
  /** The operator's accounts at every provider, all of them here. */
  environment(): Record<string, string>;
  /** Forgets calls and scripts. */
  reset(): void;
  close(): Promise<void>;
}

/** The key that the gateway sends to a provider. */
export function upstreamKey(provider: string): string {
  return `upstream-secret-of-${provider}-0123456789`;
}

export async function openUpstream(): Promise<Upstream> {
  const calls: UpstreamCall[] = [];
  const scripts = new Map<string, Script>();
  let connections = 0;
  const server = createServer(async (request, response) => {
    if (request.url === TOKEN_PATH) return grantToken(response);
    const call = await readCall(request, response);
    calls.push(call);
    const script = scripts.get(call.provider) ?? unscripted;
    await script(response, call);
  });
  server.on("connection", () => {
    connections += 1;
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const baseUrl = (provider: string) => `http://127.0.0.1:${port}/${provider}`;
  return {
    calls,
    connectionCount: () => connections,
    baseUrl,
    on: (provider, script) => {
      scripts.set(provider, script);
    },
    environment: () => Object.fromEntries(PROVIDERS.flatMap((entry) => accountOf(entry, baseUrl(entry.id)))),
    reset() {
      calls.length = 0;
      scripts.clear();
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** As little as each provider's account needs: its address here, and what it asks for besides. */
function accountOf({ id, fields }: ProviderEntry, baseUrl: string): [string, string][] {
  const needed = fields.filter((field) => field.id === "baseUrl" || (field.isRequired && field.unless !== "baseUrl"));
  return needed.map((field) => [variableName(id, field.id), fieldValue(field.id, id, baseUrl)]);
}

function variableName(provider: string, field: string): string {
  return `PLATFORM_${provider}_${field.replace(/[A-Z]/g, "_$&")}`.replaceAll("-", "_").toUpperCase();
}

function fieldValue(field: string, provider: string, baseUrl: string): string {
  if (field === "baseUrl") return baseUrl;
  if (field === "serviceAccountJson") return serviceAccountJson(new URL(TOKEN_PATH, baseUrl).href);
  return FIELD_VALUES[field] ?? upstreamKey(provider);
}

/** What is no secret; everything else is. */
const FIELD_VALUES: Readonly<Record<string, string>> = {
  region: "eu-central-1",
  accessKeyId: "AKIAUPSTREAM",
  project: "test-project",
  location: "europe-west4",
};

/** Where a service account's signature is exchanged for a token. */
const TOKEN_PATH = "/oauth/token";

function serviceAccountJson(tokenUrl: string): string {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  return JSON.stringify({
    type: "service_account",
    project_id: FIELD_VALUES.project,
    private_key_id: "key-1",
    private_key: privateKey,
    client_email: "gateway@test-project.iam.example",
    token_uri: tokenUrl,
  });
}

function grantToken(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ access_token: "token-of-vertex", token_type: "Bearer", expires_in: 3600 }));
}

async function readCall(request: IncomingMessage, response: ServerResponse): Promise<UpstreamCall> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const [, provider = "", ...rest] = (request.url ?? "").split("/");
  const cutOff = new Promise<void>((resolve) => {
    response.once("close", () => {
      if (!response.writableFinished) resolve();
    });
  });
  // A list is asked for without one.
  const body: unknown = pieces.length === 0 ? null : JSON.parse(Buffer.concat(pieces).toString());
  return { provider, path: `/${rest.join("/")}`, headers: request.headers, body, cutOff };
}

const unscripted: Script = (response, { provider }) => {
  response.writeHead(501, { "content-type": "application/json" });
  response.end(JSON.stringify({ error: { message: `The test gave no script for ${provider}.` } }));
};
