import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { beginStream, chunk, completion, TEXT_CHUNKS, writeEvent } from "#e2e/support/upstream-answers.ts";

/** How a model server of a tenant's own behaves. */
export type Behaviour = "well" | "slow" | "cut" | "failing" | "redirecting";

export interface LocalServer {
  baseUrl: string;
  /** Paths that were asked for. */
  asked: string[];
  behave(behaviour: Behaviour): void;
  /** Nobody is told of its models until the answer is called. */
  holdModels(): () => void;
  /** Nothing listens any more until `rise`. */
  fall(): Promise<void>;
  rise(): Promise<void>;
  close(): Promise<void>;
}

export const LOCAL_MODEL = "qwen3-32b";

/** A server that speaks as vLLM does, on loopback, and breaks as the test says. */
export async function openLocalServer(elsewhere: string): Promise<LocalServer> {
  const asked: string[] = [];
  let behaviour: Behaviour = "well";
  let held = Promise.resolve();
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request) body += piece;
    asked.push(request.url ?? "");
    if (request.url === "/v1/models") {
      await held;
      return sendJson(response, 200, { object: "list", data: [{ id: LOCAL_MODEL, max_model_len: 32_768 }] });
    }
    answer(response, behaviour, JSON.parse(body).stream === true, elsewhere);
  });
  const listen = async (port: number) => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return (server.address() as AddressInfo).port;
  };
  const port = await listen(0);
  const fall = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    asked,
    behave: (next) => {
      behaviour = next;
    },
    holdModels() {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
    fall,
    rise: async () => void (await listen(port)),
    close: async () => {
      if (server.listening) await fall();
    },
  };
}

function answer(response: ServerResponse, behaviour: Behaviour, isStream: boolean, elsewhere: string): void {
  if (behaviour === "failing") sendJson(response, 500, { error: { message: "CUDA out of memory" } });
  if (behaviour === "redirecting") {
    response.writeHead(307, { location: `${elsewhere}/v1/chat/completions` });
    response.end();
  }
  if (behaviour === "well" && !isStream) sendJson(response, 200, completion("Hello"));
  if (behaviour === "cut" && !isStream) {
    response.writeHead(200, { "content-type": "application/json", "content-length": "4000" });
    response.write("{", () => response.destroy());
  }
  if (isStream && (behaviour === "well" || behaviour === "cut")) sendStream(response, behaviour === "cut");
}

function sendStream(response: ServerResponse, isCut: boolean): void {
  beginStream(response);
  writeEvent(response, chunk({ content: "Hel" }));
  if (isCut) {
    response.write("data: {", () => response.destroy());
    return;
  }
  for (const one of [...TEXT_CHUNKS.slice(2), "[DONE]"]) writeEvent(response, one);
  response.end();
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

/** Stands where a cloud would: it counts who comes, and answers nobody. */
export async function openWitness() {
  let visits = 0;
  const server = createTcpServer((socket) => {
    visits += 1;
    socket.on("error", () => {});
    socket.destroy();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    visits: () => visits,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
