import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { poll } from "#e2e/support/poll.ts";
import { type Fields, readMessage } from "./read-protobuf.ts";

/** A span as a collector has it. */
export interface ReceivedSpan {
  traceId: string;
  spanId: string;
  /** Absent at a trace's root. */
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: bigint;
  endTimeUnixNano: bigint;
  attributes: Record<string, unknown>;
  statusCode: number;
  /** Of the service that sent it. */
  resource: Record<string, unknown>;
}

/** What OTLP over HTTP is sent to: one on loopback that keeps all it gets. */
export interface Collector {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  endpoint: string;
  requests: { url: string; headers: IncomingHttpHeaders; body: Buffer }[];
  spans: ReceivedSpan[];
  /** The spans of a trace once there are so many. */
  trace(traceId: string, spanCount: number): Promise<ReceivedSpan[]>;
  /** How it answers from now on; null: not at all. */
  answerWith(status: number | null): void;
  close(): Promise<void>;
}

const DELIVERY_MS = 15_000;

export async function openCollector(): Promise<Collector> {
  const requests: Collector["requests"] = [];
  const spans: ReceivedSpan[] = [];
  let status: number | null = 200;
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const body = Buffer.concat(pieces);
    requests.push({ url: request.url ?? "", headers: request.headers, body });
    if (status === 200) spans.push(...readSpans(body));
    if (status !== null) answer(response, status);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    spans,
    trace: (traceId, spanCount) =>
      poll(`the ${spanCount} spans of ${traceId}`, DELIVERY_MS, () => {
        const found = spans.filter((span) => span.traceId === traceId);
        return found.length >= spanCount ? found : null;
      }),
    answerWith: (next) => {
      status = next;
    },
    async close() {
      if (!server.listening) return;
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function answer(response: ServerResponse, status: number): void {
  response.writeHead(status, { "content-type": "application/x-protobuf" }).end();
}

const ATTRIBUTE: Fields = {
  1: ["key", "string"],
  2: ["value", { 1: ["value", "string"], 2: ["value", "bool"], 3: ["value", "varint"], 4: ["value", "double"] }],
};
const SPAN: Fields = {
  1: ["traceId", "hex"],
  2: ["spanId", "hex"],
  4: ["parentSpanId", "hex"],
  5: ["name", "string"],
  6: ["kind", "varint"],
  7: ["startTimeUnixNano", "fixed64"],
  8: ["endTimeUnixNano", "fixed64"],
  9: ["attributes", ATTRIBUTE, "repeated"],
  15: ["status", { 3: ["code", "varint"] }],
};
/** `ExportTraceServiceRequest` of opentelemetry-proto, as far as it is looked at here. */
const REQUEST: Fields = {
  1: [
    "resourceSpans",
    {
      1: ["resource", { 1: ["attributes", ATTRIBUTE, "repeated"] }],
      2: ["scopeSpans", { 2: ["spans", SPAN, "repeated"] }, "repeated"],
    },
    "repeated",
  ],
};

interface RawAttribute {
  key: string;
  value: { value?: unknown };
}
type RawSpan = Omit<ReceivedSpan, "attributes" | "statusCode" | "resource"> & {
  attributes: RawAttribute[];
  status?: { code?: number };
};
interface RawRequest {
  resourceSpans: { resource: { attributes: RawAttribute[] }; scopeSpans: { spans: RawSpan[] }[] }[];
}

function readSpans(body: Buffer): ReceivedSpan[] {
  const { resourceSpans } = readMessage(body, REQUEST) as unknown as RawRequest;
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans
      .flatMap(({ spans }) => spans)
      .map(({ status, attributes, ...span }) => ({
        ...span,
        attributes: toObject(attributes),
        statusCode: status?.code ?? 0,
        resource: toObject(resource.attributes),
      })),
  );
}

function toObject(attributes: readonly RawAttribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value.value]));
}
