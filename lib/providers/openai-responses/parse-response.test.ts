import { expect, test } from "vitest";
import { parseResponse } from "./parse-response.ts";

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

const MESSAGE = { type: "message", id: "msg_1", role: "assistant", content: [{ type: "output_text", text: "Hi" }] };
const USAGE = { input_tokens: 3, output_tokens: 1 };

function parse(response: Record<string, unknown>) {
  return parseResponse(
    bytes({ object: "response", status: "completed", output: [MESSAGE], usage: USAGE, ...response }),
    "r",
  );
}

test("a response goes on as the provider's own bytes", () => {
  const body = bytes({ status: "completed", error: null, output: [MESSAGE], usage: USAGE });
  const answer = parseResponse(body, "upstream-1");
  expect(answer).toMatchObject({
    kind: "answer",
    finishReason: "stop",
    usage: { inputTokens: 3, outputTokens: 1 },
    providerRequestId: "upstream-1",
  });
  expect(answer.kind === "answer" && answer.body).toBe(body);
});

test.each(["function_call", "custom_tool_call", "computer_call", "mcp_approval_request"])(
  "a %s waits for the caller",
  (type) => {
    expect(parse({ output: [MESSAGE, { type }] })).toMatchObject({ finishReason: "tool-calls" });
  },
);

test("a tool that the provider runs itself waits for nobody", () => {
  expect(parse({ output: [{ type: "web_search_call" }, MESSAGE] })).toMatchObject({ finishReason: "stop" });
});

test.each([
  ["max_output_tokens", "length"],
  ["content_filter", "content-filter"],
  ["something new", "other"],
])("an answer that %s cut short is said to be", (reason, finishReason) => {
  expect(parse({ status: "incomplete", incomplete_details: { reason } })).toMatchObject({
    kind: "answer",
    finishReason,
  });
});

test("a response that failed is a failure with the provider's words", () => {
  const error = { code: "rate_limit_exceeded", message: "Slower." };
  expect(parse({ status: "failed", error, output: [] })).toMatchObject({
    kind: "failure",
    failure: { kind: "rate-limited", message: "Slower.", code: "rate_limit_exceeded" },
  });
  expect(parse({ status: "failed", error: null })).toMatchObject({
    kind: "failure",
    failure: { kind: "server-error" },
  });
});

test.each(["queued", "in_progress", "cancelled"])("a response that is %s is no answer", (status) => {
  expect(parse({ status })).toMatchObject({ kind: "failure", failure: { kind: "bad-response" } });
});

test("a 200 that is an error is a failure", () => {
  const answer = parseResponse(bytes({ error: { message: "Filtered.", code: "content_filter" } }), null);
  expect(answer).toMatchObject({ kind: "failure", failure: { kind: "content-filtered", message: "Filtered." } });
});

test.each([[null], [7], [[]], [{}], [{ status: "completed" }], [{ output: {} }]])("%j is no response", (value) => {
  expect(parseResponse(bytes(value), null)).toMatchObject({ kind: "failure", failure: { kind: "bad-response" } });
});

test("what is not JSON is no response", () => {
  const answer = parseResponse(new TextEncoder().encode("<html>"), null);
  expect(answer).toMatchObject({
    kind: "failure",
    failure: { kind: "bad-response", message: expect.stringContaining("not JSON") },
  });
});
