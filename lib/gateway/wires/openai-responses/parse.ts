import { z } from "zod";
import type { WireBody } from "../../contract/wire.ts";
import { GatewayError } from "../../errors.ts";
import type { ParsedRequest } from "../wire.ts";
import { readHints } from "./read-hints.ts";
import { readNeeds } from "./read-needs.ts";
import { type ResponsesBody, responsesBodySchema } from "./schema.ts";

const decoder = new TextDecoder("utf-8", { fatal: true });

/** Throws `invalid_request` with the field at fault in `param`. */
export function parse(bytes: Uint8Array): ParsedRequest {
  const source = decode(bytes);
  const body = readBody(source);
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

function decode(bytes: Uint8Array): string {
  if (bytes.length === 0) throw new GatewayError("invalid_request", "The body is empty: send a JSON object.");
  try {
    return decoder.decode(bytes);
  } catch {
    throw new GatewayError("invalid_request", "The body is not valid JSON: it is not UTF-8.");
  }
}

function readBody(source: string): ResponsesBody {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    throw new GatewayError("invalid_request", `The body is not valid JSON: ${(error as Error).message}.`);
  }
  const issue = responsesBodySchema.safeParse(value).error?.issues[0];
  if (issue === undefined) return value as ResponsesBody;
  if (issue.path.length === 0) throw new GatewayError("invalid_request", "The body must be a JSON object.");
  const param = z.core.toDotPath(issue.path);
  throw new GatewayError("invalid_request", `\`${param}\` ${issue.message}.`, { param });
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
