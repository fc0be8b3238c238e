import type { WireBody } from "../../contract/wire.ts";
import { GatewayError } from "../../errors.ts";
import { readJson, refuseBody } from "../read-json.ts";
import type { ParsedRequest } from "../wire.ts";
import { readHints } from "./read-hints.ts";
import { readNeeds } from "./read-needs.ts";
import { type ResponsesBody, responsesBodySchema } from "./schema.ts";

/** Throws `invalid_request` with the field at fault in `param`. */
export function parse(bytes: Uint8Array): ParsedRequest {
  const { source, value } = readJson(bytes);
  const { error } = responsesBodySchema.safeParse(value);
  if (error !== undefined) throw refuseBody(error);
  const body = value as ResponsesBody;
  refuseUnserved(body);
  return {
    source,
    body: body as WireBody,
    model: body.model ?? undefined,
    isStream: body.stream === true,
    needs: readNeeds(body),
    hints: readHints(body),
  };
}

/** Where a request may leave its input out: it then stands in what these name. */
const INPUT_ELSEWHERE = ["previous_response_id", "conversation", "prompt"] as const;

function refuseUnserved(body: ResponsesBody): void {
  if (body.background === true) {
    throw new GatewayError(
      "invalid_request",
      "`background` is not served: the gateway keeps no response to fetch later. Leave it out, and stream long answers.",
      { param: "background" },
    );
  }
  const isSaidElsewhere = INPUT_ELSEWHERE.some((field) => body[field] !== undefined && body[field] !== null);
  const isEmpty =
    body.input === undefined || body.input === null || (Array.isArray(body.input) && body.input.length === 0);
  if (isEmpty && !isSaidElsewhere) {
    const message = "`input` is missing: send a string, or a list with at least one item.";
    throw new GatewayError("invalid_request", message, { param: "input" });
  }
}
