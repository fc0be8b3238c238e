import type { IncomingMessage, ServerResponse } from "node:http";
import { mayReadMetrics } from "#lib/metrics/may-read.ts";
import type { Metrics } from "#lib/metrics/metrics.ts";

export const METRICS_REFUSAL =
  "Metrics are for this machine alone, or for who sends `Authorization: Bearer` with METRICS_TOKEN.\n";

/** `GET /metrics` on Node's server, which knows where a request comes from. */
export async function serveMetrics(
  metrics: Metrics,
  token: string | null,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  request.resume();
  const header = (name: string) => {
    const value = request.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { allow: "GET, HEAD" }).end();
  } else if (mayReadMetrics({ remoteAddress: request.socket.remoteAddress ?? null, header }, token)) {
    response.writeHead(200, { "content-type": metrics.contentType }).end(await metrics.render());
  } else {
    response.writeHead(403, { "content-type": "text/plain" }).end(METRICS_REFUSAL);
  }
}
