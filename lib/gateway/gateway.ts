import type { GatewayCall, GatewayReply } from "./contract/call.ts";
import { countTokens } from "./count-tokens.ts";
import { GatewayError, internalError } from "./errors.ts";
import { invoke } from "./invoke.ts";
import { BELOW_LIST, listModels, retrieveModel } from "./list-models.ts";
import type { GatewayPorts } from "./ports.ts";
import type { CallTrace } from "./trace.ts";
import { ANTHROPIC_COUNT_TOKENS_WIRE, ANTHROPIC_MESSAGES_WIRE } from "./wires/anthropic-messages/index.ts";
import { OPENAI_CHAT_WIRE } from "./wires/openai-chat/index.ts";
import { OPENAI_EMBEDDINGS_WIRE } from "./wires/openai-embeddings/index.ts";
import { retryHeaders } from "./wires/openai-errors.ts";
import { OPENAI_RESPONSES_WIRE } from "./wires/openai-responses/index.ts";
import type { Wire } from "./wires/wire.ts";

export interface Gateway {
  /** Answers one call. Never throws: whatever goes wrong becomes the contract's error. */
  handle(call: GatewayCall): Promise<GatewayReply>;
}

type Handler = (ports: GatewayPorts, wire: Wire, call: GatewayCall, trace: CallTrace) => Promise<GatewayReply>;

interface Route {
  /** Null: that of whose client asks. */
  wire: Wire | null;
  method: string;
  handle: Handler;
}

const post = (wire: Wire, handle: Handler = invoke): Route => ({ wire, method: "POST", handle });

const ROUTES: ReadonlyMap<string, Route> = new Map([
  ["/v1/chat/completions", post(OPENAI_CHAT_WIRE)],
  ["/v1/embeddings", post(OPENAI_EMBEDDINGS_WIRE)],
  ["/v1/responses", post(OPENAI_RESPONSES_WIRE)],
  ["/v1/messages", post(ANTHROPIC_MESSAGES_WIRE)],
  ["/v1/messages/count_tokens", post(ANTHROPIC_COUNT_TOKENS_WIRE, countTokens)],
  ["/v1/models", { wire: null, method: "GET", handle: listModels }],
]);

const RETRIEVAL: Route = { wire: null, method: "GET", handle: retrieveModel };

function routeOf({ path }: GatewayCall): Route | undefined {
  return ROUTES.get(path) ?? (path.startsWith(BELOW_LIST) && path !== BELOW_LIST ? RETRIEVAL : undefined);
}

/** The data plane as a function of its ports. */
export function createGateway(ports: GatewayPorts): Gateway {
  return {
    async handle(call) {
      const trace = beginTrace(ports, call);
      const reply = await answer(ports, call, trace);
      // A call that reached no target says so too.
      reply.headers["x-switchyard-attempts"] ??= "0";
      reply.headers["x-switchyard-overhead-ms"] ??= (ports.clock.monotonicMs() - trace.startedAt).toFixed(2);
      return reply;
    },
  };
}

async function answer(ports: GatewayPorts, call: GatewayCall, trace: CallTrace): Promise<GatewayReply> {
  const route = routeOf(call);
  const wire = route?.wire ?? wireOf(call);
  try {
    if (route === undefined) throw notFound(call);
    refuseMethod(route, call, trace);
    refuseEncoding(call);
    return await route.handle(ports, wire, call, trace);
  } catch (fault) {
    return replyWithError(toGatewayError(ports, fault, trace), wire, trace);
  }
}

/** Who may read may ask for the head alone. */
function refuseMethod({ method }: Route, call: GatewayCall, trace: CallTrace): void {
  const allowed = method === "GET" ? ["GET", "HEAD"] : [method];
  if (allowed.includes(call.method)) return;
  trace.headers.allow = allowed.join(", ");
  throw new GatewayError("method_not_allowed", `${call.path.slice(0, 100)} takes ${method}.`);
}

/** Nothing is unpacked here: a small body that becomes a large one would get past the limit of its size. */
function refuseEncoding(call: GatewayCall): void {
  const encoding = call.header("content-encoding")?.trim().toLowerCase() ?? "";
  if (encoding === "" || encoding === "identity") return;
  throw new GatewayError(
    "invalid_request",
    "The body is compressed: send it as plain JSON, without content-encoding.",
    {
      param: "content-encoding",
    },
  );
}

/** Whose client asks, where the path does not say it: its answer has to be one that it can read. */
function wireOf(call: GatewayCall): Wire {
  return call.header("anthropic-version") === undefined ? OPENAI_CHAT_WIRE : ANTHROPIC_MESSAGES_WIRE;
}

function notFound({ path }: GatewayCall): GatewayError {
  return new GatewayError("not_found", `There is nothing at ${path.slice(0, 100)}. See GET /v1/models for a start.`);
}

function beginTrace(ports: GatewayPorts, call: GatewayCall): CallTrace {
  const id = ports.newId();
  // Echoed into a header and the ledger: printable and short, or ours instead.
  const given = call.header("x-request-id");
  const requestId = given !== undefined && /^[\x21-\x7e]{1,128}$/.test(given) ? given : id;
  return {
    id,
    requestId,
    startedAt: ports.clock.monotonicMs(),
    createdAtMs: ports.clock.now(),
    traceparent: call.header("traceparent") ?? null,
    headers: { "x-switchyard-invocation-id": id, "x-request-id": requestId },
  };
}

function toGatewayError(ports: GatewayPorts, fault: unknown, trace: CallTrace): GatewayError {
  if (fault instanceof GatewayError) return fault;
  ports.reportFault(fault, trace.id);
  return internalError(trace.requestId);
}

function replyWithError(error: GatewayError, wire: Wire, trace: CallTrace): GatewayReply {
  const headers = { ...trace.headers, ...retryHeaders(error), "content-type": "application/json" };
  const body = new TextEncoder().encode(wire.errorBody(error, trace.requestId));
  return { status: error.status, headers, body };
}
