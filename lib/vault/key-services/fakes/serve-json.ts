import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface ReceivedRequest {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export type Answer = [status: number, body: unknown, headers?: Record<string, string>];

/** A real HTTP server for one test that answers every POST with a status and JSON. Its address, without a slash. */
export async function serveJson(answer: (request: ReceivedRequest) => Answer): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      const isPost = request.method === "POST";
      const received = { path: request.url ?? "", headers: request.headers, body };
      const [status, json, extra] = isPost ? answer(received) : ([405, {}] satisfies Answer);
      response.writeHead(status, { "content-type": "application/json", ...extra }).end(JSON.stringify(json));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
