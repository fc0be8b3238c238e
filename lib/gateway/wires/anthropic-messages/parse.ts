import type { WireBody } from "../../contract/wire.ts";
import { GatewayError } from "../../errors.ts";
import { readJson, refuseBody } from "../read-json.ts";
import type { ParsedRequest } from "../wire.ts";
import { readHints } from "./read-hints.ts";
import { readNeeds } from "./read-needs.ts";
import { type MessagesBody, messagesBodySchema } from "./schema.ts";

/** Throws `invalid_request` with the field at fault in `param`. */
export function parseMessages(bytes: Uint8Array): ParsedRequest {
  const { source, body } = readBody(bytes);
  return { source, ...factsOf(body), isStream: body.stream === true };
}

/** The same question without its answer: nothing is produced, so nothing is streamed. */
export function parseCountTokens(bytes: Uint8Array): ParsedRequest {
  const { source, body } = readBody(bytes);
  for (const param of ["stream", "max_tokens"] as const) {
    if (body[param] === undefined || body[param] === null) continue;
    const message = `\`${param}\` has no place here: counting tokens produces nothing. Leave it out.`;
    throw new GatewayError("invalid_request", message, { param });
  }
  return { source, ...factsOf(body), isStream: false };
}

function readBody(bytes: Uint8Array): { source: string; body: MessagesBody } {
  const { source, value } = readJson(bytes);
  const { error } = messagesBodySchema.safeParse(value);
  if (error !== undefined) throw refuseBody(error);
  return { source, body: value as MessagesBody };
}

function factsOf(body: MessagesBody): Omit<ParsedRequest, "source" | "isStream"> {
  return {
    body: body as WireBody,
    model: body.model ?? undefined,
    needs: readNeeds(body),
    hints: readHints(body),
  };
}
