import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface ModelServer {
  /** With `/v1`, as a connection's base URL. */
  baseUrl: string;
  /** What it has from now on. */
  models: string[];
  /** The bearer token that it takes; null: any, and none. */
  key: string | null;
  close(): Promise<void>;
}

/** A server that speaks as much of OpenAI's wire as a connection's test asks for. */
export async function openModelServer(models: string[], key: string | null): Promise<ModelServer> {
  const server = createServer((request, response) => void answer(state, request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const state: ModelServer = {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    models,
    key,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return state;
}

async function answer({ models, key }: ModelServer, request: IncomingMessage, response: ServerResponse) {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  if (key !== null && request.headers.authorization !== `Bearer ${key}`) {
    return send(response, 401, { error: { message: "Incorrect API key provided.", code: "invalid_api_key" } });
  }
  if (request.method === "GET") {
    if (request.url === "/api/tags") return send(response, 200, { models: models.map((name) => ({ name })) });
    const data = models.map((id) => ({ id, object: "model", max_model_len: 32_768 }));
    return send(response, 200, { object: "list", data });
  }
  const { model, stream = false } = JSON.parse(Buffer.concat(pieces).toString()) as { model: string; stream?: boolean };
  const base = { id: "answer-1", created: 1_750_000_000, model };
  const usage = { prompt_tokens: 12, completion_tokens: 1, total_tokens: 13 };
  if (!stream) {
    const choices = [{ index: 0, message: { role: "assistant", content: "OK" }, finish_reason: "stop" }];
    return send(response, 200, { ...base, object: "chat.completion", choices, usage });
  }
  const chunk = { ...base, object: "chat.completion.chunk" };
  const events = [
    { ...chunk, choices: [{ index: 0, delta: { role: "assistant", content: "OK" }, finish_reason: null }] },
    { ...chunk, choices: [{ index: 0, delta: {}, finish_reason: "stop" }], usage },
  ];
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.end([...events.map((event) => JSON.stringify(event)), "[DONE]"].map((data) => `data: ${data}\n\n`).join(""));
}

function send(response: ServerResponse, status: number, body: object) {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
