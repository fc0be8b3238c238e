import { expect, test } from "vitest";
import { mapFailure } from "./map-failure.ts";

test.each([
  ["server_error", "server-error"],
  ["rate_limit_exceeded", "rate-limited"],
  ["insufficient_quota", "provider-quota"],
  ["context_length_exceeded", "context-too-long"],
  ["invalid_prompt", "invalid-request"],
  ["invalid_base64_image", "invalid-request"],
  ["image_content_policy_violation", "content-filtered"],
  ["something_new", "server-error"],
])("%s is %s, beside or inside an event", (code, kind) => {
  const words = { code, message: "Sorry.", param: null };
  for (const value of [words, { type: "error", sequence_number: 3, ...words }, { type: code, ...words }]) {
    expect(mapFailure(value)).toMatchObject({ kind, message: "Sorry.", code });
  }
});

test.each([[null], [undefined], ["Sorry."], [7], [[]], [{ message: { deep: 1 } }]])("%j is a failure too", (value) => {
  expect(mapFailure(value).kind).toBe("server-error");
});

test("a prompt that the filter refused is told from one that is malformed", () => {
  const message = "Invalid prompt: your prompt was flagged as potentially violating our usage policy.";
  expect(mapFailure({ code: "invalid_prompt", message }).kind).toBe("content-filtered");
});
