import { ERROR_STATUS } from "#lib/gateway/errors.ts";
import type { Call } from "../calls/calls.ts";
import { type AnswerHeader, HEADERS_OF, REQUEST_HEADERS, type RequestHeader } from "../calls/headers.ts";
import { CALL_ERRORS } from "../errors.ts";
import { describeErrors } from "./describe-errors.ts";
import type { DescribedOperation, JsonSchema, Parameter } from "./document.ts";
import { BY_KEY, writeCurl } from "./write-curl.ts";

/** What a caller never gets as an answer to a call that is described. */
const UNSEEN = ["not_found", "method_not_allowed", "client_closed_request"];
/** What a key alone decides: all that can go wrong without a body. */
const OF_THE_KEY = ["invalid_api_key", "not_allowed", "internal_error"];

/** A call of the data plane in OpenAPI's terms. Its body is its wire's: any field that is not ours passes through. */
export function describeCall(call: Call): DescribedOperation {
  const { id, method, path, summary, description, reference, errors, canStream, fields, required, example } = call;
  const body: JsonSchema = {
    type: "object",
    properties: { ...fields },
    ...(required.length > 0 && { required: [...required] }),
  };
  const ofThePath = call.place === undefined ? [] : ["model_not_found"];
  const codes = Object.entries(CALL_ERRORS).filter(([code]) =>
    fields === null ? [...OF_THE_KEY, ...ofThePath].includes(code) : !UNSEEN.includes(code),
  );
  return {
    operationId: id,
    tags: ["Calls"],
    summary,
    description: `${description}\n\nNeeds a key with \`gateway:invoke\`.`,
    externalDocs: { description: "The whole of this API", url: reference },
    security: [{ bearer: ["gateway:invoke"] }, { header: ["gateway:invoke"] }],
    parameters: [...placeOf(call), ...call.headers.map(headerOf)],
    ...(fields !== null && {
      requestBody: { required: true, content: { "application/json": { schema: body, example } } },
    }),
    responses: {
      200: {
        description: canStream ? "The answer, or its events where `stream` is true." : "The answer.",
        headers: refer(HEADERS_OF[call.answers]),
        content: {
          "application/json": { schema: { type: "object" } },
          ...(canStream && { "text/event-stream": { schema: { type: "string" } } }),
        },
      },
      ...describeErrors({
        codes: Object.fromEntries(codes),
        statusOf: ERROR_STATUS,
        schema: errors === "openai" ? "OpenAiError" : "AnthropicError",
        headers: refer(HEADERS_OF.error),
      }),
    },
    "x-codeSamples": [
      {
        lang: "Shell",
        label: "curl",
        source: writeCurl({
          method,
          path: path.replace(/\{.*\}/, call.place?.example ?? ""),
          headers: BY_KEY,
          ...(example !== null && { body: example }),
        }),
      },
    ],
  };
}

function placeOf({ place }: Call): Parameter[] {
  return place === undefined ? [] : [{ ...place, in: "path", required: true, schema: { type: "string" } }];
}

function headerOf(name: RequestHeader): Parameter {
  return { name, in: "header", required: false, ...REQUEST_HEADERS[name], schema: { type: "string" } };
}

function refer(names: readonly AnswerHeader[]): Record<string, { $ref: string }> {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
