import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { LLMock } from "@copilotkit/aimock";
import { FIXTURES } from "./fixtures.ts";
import { eachEvent, findMend, type Mend } from "./mends.ts";
import { findScript } from "./scripts.ts";
import type { SentRequest } from "./sent-request.ts";

/**
 * Stands in for every provider, each below a path of its own: aimock answers, which others wrote. In front of it a
 * journal keeps every request as it was sent, since aimock's own keeps what it understood of it.
 */
export interface StandIn {
  /** Where each provider is reached, as the gateway's environment says it. */
  environment: Record<string, string>;
  /** The requests that hold `call:ID`, in their order. */
  sent(callId: string): readonly SentRequest[];
  close(): Promise<void>;
}

/** Where each provider's own base URL would end. */
const BASE_PATHS = {
  openai: "/v1",
  "azure-openai": "",
  anthropic: "/v1",
  google: "/v1beta",
  vertex: "/v1/projects/test-project/locations/europe-west4/publishers/google",
  bedrock: "",
  cohere: "/v2",
  mistral: "/v1",
  groq: "/openai/v1",
  vllm: "/v1",
} as const;

export async function openStandIn(): Promise<StandIn> {
  // Strictly: it then refuses what Anthropic would, a tool loop that lost its thoughts for one.
  const mock = new LLMock({ port: 0, journalMaxEntries: 1, strict: true });
  mock.addFixtures([...FIXTURES]);
  await mock.start();
  const journal = new Map<string, SentRequest[]>();
  const server = createServer(async (incoming, response) => {
    const raw = await readAll(incoming);
    const sent = describeRequest(incoming, response, raw);
    const callId = /call:([\w-]+)/.exec(raw.toString())?.[1] ?? "";
    journal.set(callId, [...(journal.get(callId) ?? []), sent]);
    const script = findScript(sent);
    if (script !== null) answerJson(response, script(sent));
    else forward(mock.port, { incoming, response, raw, sent });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const variable = (provider: string) => `PLATFORM_${provider.replaceAll("-", "_").toUpperCase()}_BASE_URL`;
  return {
    environment: Object.fromEntries(
      Object.entries(BASE_PATHS).map(([provider, path]) => [
        variable(provider),
        `http://127.0.0.1:${port}/${provider}${path}`,
      ]),
    ),
    sent: (callId) => journal.get(callId) ?? [],
    async close() {
      server.closeAllConnections();
      server.close();
      await mock.stop();
    },
  };
}

async function readAll(incoming: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

function describeRequest({ url = "", headers }: IncomingMessage, response: ServerResponse, raw: Buffer): SentRequest {
  const [, provider = "", ...rest] = url.split("/");
  const cutOff = new Promise<void>((resolve) => {
    response.once("close", () => {
      if (!response.writableFinished) resolve();
    });
  });
  return { provider, path: `/${rest.join("/")}`, headers, body: JSON.parse(raw.toString()), cutOff };
}

function answerJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

interface Exchange {
  incoming: IncomingMessage;
  response: ServerResponse;
  raw: Buffer;
  sent: SentRequest;
}

/** To aimock and back; a stream goes through as it comes, and ends there when the gateway leaves. */
function forward(port: number, { incoming, response, raw, sent }: Exchange): void {
  const { "content-length": _, ...headers } = { ...incoming.headers, host: `127.0.0.1:${port}` };
  const mend = findMend(sent);
  const body = mend.request === undefined ? raw : JSON.stringify(mend.request(sent.body));
  const inner = request({ port, host: "127.0.0.1", path: sent.path, method: incoming.method, headers }, (answer) => {
    void passOn(answer, response, sent, mend);
  });
  inner.on("error", () => response.destroy());
  response.once("close", () => inner.destroy());
  inner.end(body);
}

async function passOn(answer: IncomingMessage, response: ServerResponse, sent: SentRequest, mend: Mend): Promise<void> {
  const { statusCode = 500, headers } = answer;
  const { "content-length": _, "transfer-encoding": __, ...rest } = headers;
  const isWhole = headers["content-type"]?.includes("json") === true;
  response.writeHead(statusCode, rest);
  const { whole, event } = mend;
  if (isWhole && whole !== undefined && statusCode === 200) {
    response.end(JSON.stringify(whole(JSON.parse((await readAll(answer)).toString()), sent)));
  } else if (!isWhole && event !== undefined) {
    answer
      .setEncoding("utf8")
      .pipe(eachEvent((one) => event(one, sent)))
      .pipe(response);
  } else {
    answer.pipe(response);
  }
}
