import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { PROVIDERS } from "#lib/providers/registry.ts";

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
    environment: () => Object.fromEntries(PROVIDERS.flatMap(({ id }) => accountOf(id, baseUrl(id)))),
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

function accountOf(provider: string, baseUrl: string): [string, string][] {
  const prefix = `PLATFORM_${provider.toUpperCase().replaceAll("-", "_")}`;
  return [
    [`${prefix}_BASE_URL`, baseUrl],
    ...(provider === "vllm" ? [] : [[`${prefix}_API_KEY`, upstreamKey(provider)] as [string, string]]),
  ];
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
  const body: unknown = JSON.parse(Buffer.concat(pieces).toString());
  return { provider, path: `/${rest.join("/")}`, headers: request.headers, body, cutOff };
}

const unscripted: Script = (response, { provider }) => {
  response.writeHead(501, { "content-type": "application/json" });
  response.end(JSON.stringify({ error: { message: `The test gave no script for ${provider}.` } }));
};
