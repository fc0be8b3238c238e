import { describe, expect, test } from "vitest";
import { parseCount, parseResponse } from "./parse-response.ts";

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

test("a message goes on as the provider's own bytes", () => {
  const body = bytes({
    type: "message",
    content: [{ type: "text", text: "Hi" }],
    stop_reason: "end_turn",
    usage: { input_tokens: 3, output_tokens: 1 },
  });
  const answer = parseResponse(body, "req_1");
  expect(answer).toMatchObject({
    kind: "answer",
    finishReason: "stop",
    usage: { inputTokens: 3, outputTokens: 1 },
    providerRequestId: "req_1",
  });
  expect(answer.kind === "answer" && answer.body).toBe(body);
});

test("a model that has nothing to say has answered", () => {
  expect(parseResponse(bytes({ content: [], stop_reason: "end_turn" }), null)).toMatchObject({ kind: "answer" });
});

test("a count goes on as it is, and takes no tokens itself", () => {
  const body = bytes({ input_tokens: 14 });
  expect(parseCount(body, null)).toEqual({
    kind: "answer",
    body,
    usage: null,
    finishReason: null,
    providerRequestId: null,
  });
});

describe.each([
  ["message", parseResponse],
  ["count", parseCount],
])("what is no %s", (_, parse) => {
  test("a 200 that is an error is a failure with the provider's words", () => {
    const error = { type: "error", error: { type: "overloaded_error", message: "Overloaded" } };
    expect(parse(bytes(error), null)).toMatchObject({
      kind: "failure",
      failure: { kind: "overloaded", message: "Overloaded", code: "overloaded_error" },
    });
  });

  test.each([[null], [7], [{}], [{ content: {}, input_tokens: "1" }], [[]]])("%j is a bad response", (value) => {
    expect(parse(bytes(value), null)).toMatchObject({ kind: "failure", failure: { kind: "bad-response" } });
  });

  test("neither is HTML", () => {
    expect(parse(new TextEncoder().encode("<html>"), null)).toMatchObject({ failure: { kind: "bad-response" } });
  });
});

test.each([[{}], [{ stop_reason: null }]])("a message that ends with %j is not taken for a whole one", (end) => {
  const body = bytes({ type: "message", content: [{ type: "text", text: "Hal" }], ...end });
  expect(parseResponse(body, null)).toMatchObject({
    kind: "failure",
    failure: { kind: "bad-response", message: "The provider's answer does not say how it ended." },
  });
});
