import { readJson, refuseBody } from "../read-json.ts";
import type { ParsedRequest } from "../wire.ts";
import { readHints } from "./read-hints.ts";
import { readNeeds } from "./read-needs.ts";
import { type ChatBody, chatBodySchema } from "./schema.ts";

/** Throws `invalid_request` with the field at fault in `param`. */
export function parse(bytes: Uint8Array): ParsedRequest {
  const { source, value } = readJson(bytes);
  const { error } = chatBodySchema.safeParse(value);
  if (error !== undefined) throw refuseBody(error);
  const body = value as ChatBody;
  return {
    source,
    body,
    model: body.model ?? undefined,
    isStream: body.stream === true,
    needs: readNeeds(body),
    hints: readHints(body),
  };
}
