import { handleChat } from "./chat.ts";
import type { GatewayCall, GatewayReply } from "./contract/call.ts";
import { GatewayError } from "./errors.ts";
import { listModels } from "./list-models.ts";
import type { GatewayPorts } from "./ports.ts";
import type { CallTrace } from "./trace.ts";
import { openAiErrorBody, retryHeaders } from "./wires/openai-errors.ts";

export interface Gateway {
  /** Answers one call. Never throws: whatever goes wrong becomes the contract's error. */
  handle(call: GatewayCall): Promise<GatewayReply>;
}

type Handler = (ports: GatewayPorts, call: GatewayCall, trace: CallTrace) => Promise<GatewayReply>;

const ROUTES: Record<string, Partial<Record<string, Handler>>> = {
  "/v1/chat/completions": { POST: handleChat },
  "/v1/models": { GET: listModels },
};

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
  try {
    return await findHandler(call)(ports, call, trace);
  } catch (fault) {
    return replyWithError(toGatewayError(ports, fault, trace), trace);
  }
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
    headers: { "x-switchyard-invocation-id": id, "x-request-id": requestId },
  };
}

function findHandler(call: GatewayCall): Handler {
  const methods = ROUTES[call.path];
  if (methods === undefined) {
    throw new GatewayError(
      "not_found",
      `There is nothing at ${call.path.slice(0, 100)}. See GET /v1/models for a start.`,
    );
  }
  const handler = methods[call.method];
  if (handler === undefined) {
    throw new GatewayError("method_not_allowed", `${call.path} takes ${Object.keys(methods).join(", ")}.`);
  }
  return handler;
}

function toGatewayError(ports: GatewayPorts, fault: unknown, trace: CallTrace): GatewayError {
  if (fault instanceof GatewayError) return fault;
  ports.reportFault(fault, trace.id);
  return new GatewayError("internal_error", `Something went wrong on our side. Quote request ${trace.requestId}.`, {
    retryAfterSeconds: 1,
  });
}

function replyWithError(error: GatewayError, trace: CallTrace): GatewayReply {
  const headers = { ...trace.headers, ...retryHeaders(error), "content-type": "application/json" };
  return { status: error.status, headers, body: new TextEncoder().encode(openAiErrorBody(error)) };
}
