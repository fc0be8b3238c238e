import { expect, test } from "vitest";
import { parseResponse } from "./parse-response.ts";

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

test("a completion goes on as the provider's own bytes", () => {
  const body = bytes({ choices: [{ finish_reason: "stop" }], usage: { prompt_tokens: 3, completion_tokens: 1 } });
  const answer = parseResponse(body, "upstream-1");
  expect(answer).toMatchObject({ kind: "answer", finishReason: "stop", usage: { inputTokens: 3, outputTokens: 1 } });
  expect(answer.kind === "answer" && answer.body).toBe(body);
});

test("a 200 that is an error is a failure with the provider's words", () => {
  const answer = parseResponse(bytes({ error: { message: "Filtered.", code: "content_filter", status: 400 } }), null);
  expect(answer).toMatchObject({ kind: "failure", failure: { kind: "content-filtered", message: "Filtered." } });
});

test("an error field that is null is none", () => {
  expect(parseResponse(bytes({ choices: [{ finish_reason: "stop" }], error: null }), null).kind).toBe("answer");
});

test.each([[null], [7], [{}], [{ choices: {} }], [{ choices: [] }]])("%j is no completion", (value) => {
  expect(parseResponse(bytes(value), null)).toMatchObject({ kind: "failure", failure: { kind: "bad-response" } });
});

test.each([
  ["null", [{ message: { content: "Hal" }, finish_reason: null }]],
  ["absent", [{ message: { content: "Hal" } }]],
  ["a number", [{ message: { content: "Hal" }, finish_reason: 0 }]],
  ["there for one of two choices", [{ finish_reason: "stop" }, { finish_reason: null }]],
  ["of no choice at all", [null]],
])("an answer whose end is %s is not taken for a whole one", (_, choices) => {
  expect(parseResponse(bytes({ choices }), null)).toMatchObject({
    kind: "failure",
    failure: { kind: "bad-response", message: "The provider's answer does not say how it ended." },
  });
});

test("an end that is named by an empty text is one", () => {
  const answer = parseResponse(bytes({ choices: [{ message: { content: "4" }, finish_reason: "" }] }), null);
  expect(answer).toMatchObject({ kind: "answer", finishReason: null });
});
