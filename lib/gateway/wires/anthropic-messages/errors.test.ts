import { expect, test } from "vitest";
import { type AttemptSummary, GatewayError } from "../../errors.ts";
import { errorBody, errorEvent } from "./errors.ts";

const ATTEMPT: AttemptSummary = {
  provider: "anthropic",
  model: "a",
  kind: "overloaded",
  status: 529,
  message: "Overloaded",
  ms: 3,
};

test("an error has Anthropic's shape, with our code and the field at fault", () => {
  const error = new GatewayError("invalid_request", "No.", { param: "messages" });
  expect(JSON.parse(errorBody(error, "req_1"))).toEqual({
    type: "error",
    error: { type: "invalid_request_error", message: "No.", code: "invalid_request", param: "messages" },
    request_id: "req_1",
  });
});

test("attempts are listed", () => {
  const error = new GatewayError("all_targets_failed", "No.", { attempts: [ATTEMPT, { ...ATTEMPT, kind: "network" }] });
  expect(JSON.parse(errorBody(error, "r")).error).toMatchObject({
    type: "api_error",
    attempts: [ATTEMPT, { kind: "network" }],
  });
});

test("where every target was overloaded the client is told so", () => {
  const error = new GatewayError("all_targets_failed", "No.", { attempts: [ATTEMPT, ATTEMPT] });
  expect(JSON.parse(errorBody(error, "r")).error.type).toBe("overloaded_error");
});

test.each([
  ["invalid_api_key", "authentication_error"],
  ["not_allowed", "permission_error"],
  ["function_not_found", "not_found_error"],
  ["request_too_large", "request_too_large"],
  ["rate_limit_exceeded", "rate_limit_error"],
  ["internal_error", "api_error"],
  ["upstream_timeout", "timeout_error"],
] as const)("%s is Anthropic's %s", (code, type) => {
  expect(JSON.parse(errorBody(new GatewayError(code, "No."), "r")).error.type).toBe(type);
});

test("a stream that has begun ends with an event of the same words", () => {
  const error = new GatewayError("all_targets_failed", "No.");
  expect(errorEvent(error, "r")).toEqual({ event: "error", data: errorBody(error, "r") });
});
