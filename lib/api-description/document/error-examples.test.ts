import { expect, test } from "vitest";
import { z } from "zod";
import { makeAttempt } from "#e2e/isolation/support/gateway.ts";
import { GatewayError } from "#lib/gateway/errors.ts";
import { concludeFailure } from "#lib/gateway/execution/conclude-failure.ts";
import { errorBody } from "#lib/gateway/wires/anthropic-messages/errors.ts";
import { openAiErrorBody } from "#lib/gateway/wires/openai-errors.ts";
import { errorResponse } from "#lib/http/error-response.ts";
import { ServiceError } from "#lib/services/errors.ts";
import { ERROR_EXAMPLES } from "./error-examples.ts";
import { ERROR_SCHEMAS } from "./shared.ts";

test.each(Object.entries(ERROR_SCHEMAS))("%s: its example is one", (_, schema) => {
  const checker = z.fromJSONSchema(schema as z.core.JSONSchema.JSONSchema);
  expect(schema.examples).toHaveLength(1);
  expect(checker.safeParse(schema.examples?.[0]).error).toBeUndefined();
});

test("the management API writes its example like that", async () => {
  const { message, fields, requestId } = ERROR_EXAMPLES.management.error;
  const refusal = new ServiceError("invalid_request", message, { fields });
  const response = errorResponse(refusal, requestId, { error: () => undefined });
  expect(await response.json()).toEqual(ERROR_EXAMPLES.management);
});

test("OpenAI's wire writes its example like that", () => {
  const attempts = ERROR_EXAMPLES.openai.error.attempts.map(({ kind, status, ms, ...attempt }) =>
    makeAttempt({
      ...attempt,
      connectionId: attempt.provider,
      status: "failed",
      failureKind: kind,
      httpStatus: status,
      latencyMs: ms,
    }),
  );
  const last = { kind: "timeout", httpStatus: null, message: "", code: null, param: null, retryAfterMs: null } as const;
  expect(JSON.parse(openAiErrorBody(concludeFailure(last, attempts)))).toEqual(ERROR_EXAMPLES.openai);
});

test("Anthropic's wire writes its example like that", () => {
  const { error, request_id: requestId } = ERROR_EXAMPLES.anthropic;
  const refusal = new GatewayError(error.code, error.message, { param: error.param });
  expect(JSON.parse(errorBody(refusal, requestId))).toEqual(ERROR_EXAMPLES.anthropic);
});
