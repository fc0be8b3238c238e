import type { Principal, RoutingSnapshot } from "../contract/snapshot.ts";
import type { WireId } from "../contract/wire.ts";
import { GatewayError } from "../errors.ts";
import { isOfMode } from "./candidates.ts";
import type { Work } from "./work.ts";

/** How the call names what it wants. */
export interface Asked {
  wire: WireId;
  functionHeader: string | undefined;
  model: string | undefined;
}

/** What helps whoever named something that is not there. */
export const LISTING = "GET /v1/models lists what this key may call.";

/** A model's name comes back in a header, which cannot hold everything that JSON can. */
const HEADER_SAFE = /^[\x21-\x7e]+$/;

/**
 * The header names the function whatever `model` says; without it `model` is a function's slug or `provider/model`.
 * Throws `invalid_request`, `function_not_found`, `model_not_found` or `not_allowed`.
 */
export function resolveWork(snapshot: RoutingSnapshot, principal: Principal, asked: Asked): Work {
  const { wire, functionHeader, model } = asked;
  const named = functionHeader ?? model;
  if (named === undefined) {
    throw new GatewayError(
      "invalid_request",
      "`model` is missing: name a function, e.g. `email-classification`, there or in the x-switchyard-function header.",
      { param: "model" },
    );
  }
  if (functionHeader === undefined && named.includes("/")) return resolveModel(snapshot, principal, named);
  const param = functionHeader === undefined ? "model" : "x-switchyard-function";
  const fn = snapshot.functions.get(named);
  if (fn === undefined) {
    throw new GatewayError("function_not_found", `There is no function \`${shorten(named)}\`. ${LISTING}`, { param });
  }
  if (principal.functions.length > 0 && !principal.functions.includes(fn.slug)) {
    throw new GatewayError("not_allowed", `This key may not call \`${fn.slug}\`. ${LISTING}`, { param });
  }
  const makesEmbeddings = fn.needs.capabilities.includes("embeddings");
  if (makesEmbeddings !== (wire === "openai-embeddings")) {
    const what = makesEmbeddings
      ? "makes embeddings: call it at /v1/embeddings"
      : "makes no embeddings: call it at /v1/chat/completions, /v1/responses or /v1/messages";
    throw new GatewayError("invalid_request", `\`${fn.slug}\` ${what}.`, { param });
  }
  return { kind: "function", fn };
}

function resolveModel(snapshot: RoutingSnapshot, principal: Principal, named: string): Work {
  if (!principal.canCallModels) {
    throw new GatewayError("not_allowed", `This key may call functions, not models by name. ${LISTING}`, {
      param: "model",
    });
  }
  const at = named.indexOf("/");
  const provider = named.slice(0, at);
  const model = named.slice(at + 1);
  const isConnected = snapshot.connections.some(
    (connection) => connection.provider === provider && isOfMode(snapshot, connection),
  );
  if (!HEADER_SAFE.test(model) || (!isConnected && !snapshot.models.has(named))) {
    throw new GatewayError("model_not_found", `There is no model \`${shorten(named)}\`. ${LISTING}`, {
      param: "model",
    });
  }
  return { kind: "model", provider, model };
}

/** Names in messages are the caller's own words: kept short. */
export function shorten(name: string): string {
  return name.length > 80 ? `${name.slice(0, 80)}…` : name;
}
