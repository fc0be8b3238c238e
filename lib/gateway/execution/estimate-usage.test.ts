import { expect, test } from "vitest";
import { countTokens } from "#e2e/isolation/support/engine.ts";
import { makeAttempt, makeUsage } from "#e2e/isolation/support/gateway.ts";
import { collectText, estimateUsage } from "./estimate-usage.ts";

const BODY = { messages: [{ role: "user", content: "hello" }] };
const ports = { countTokens };

test("what was sent and what came of it is counted", () => {
  const record = makeAttempt({ status: "aborted" });
  estimateUsage(ports, BODY, "four", record);
  expect(record).toMatchObject({ usage: makeUsage("user\nhello".length, 4), isUsageEstimated: true });
});

test("nothing is estimated of an answer that had not begun", () => {
  const record = makeAttempt({ status: "aborted" });
  estimateUsage(ports, BODY, "", record);
  expect(record).toMatchObject({ usage: null, isUsageEstimated: false });
});

test("what was sent is counted where the answer has no text, as vectors have not", () => {
  const record = makeAttempt({ status: "succeeded" });
  estimateUsage(ports, { input: "hello" }, "", record);
  expect(record).toMatchObject({ usage: makeUsage(5, 0), isUsageEstimated: true });
});

test("what the provider has said so far is kept, where it is not less than what came", () => {
  const usage = { ...makeUsage(70, 2), cachedInputTokens: 30, cacheWriteTokens: 5, reasoningTokens: 1 };
  const record = makeAttempt({ status: "aborted", usage });
  estimateUsage(ports, BODY, "twelve chars", record);
  expect(record.usage).toEqual({ ...usage, outputTokens: 12 });
  const ahead = makeAttempt({ status: "aborted", usage: makeUsage(70, 99) });
  estimateUsage(ports, BODY, "twelve chars", ahead);
  expect(ahead.usage?.outputTokens).toBe(99);
});

test.each<[string, object, string]>([
  ["a chat", { messages: [{ role: "user", content: [{ type: "text", text: "a b" }] }] }, "user\ntext\na b"],
  ["Anthropic's", { system: "be brief", messages: [], max_tokens: 9 }, "be brief"],
  ["Responses", { instructions: "be brief", input: [{ content: "hi" }] }, "be brief\nhi"],
  ["tools", { messages: [], tools: [{ function: { name: "f", description: "does" } }] }, "f\ndoes"],
  ["no text at all", { messages: [null, 5, { content: null }] }, ""],
])("the text of %s is found where its wire puts it", (_, body, expected) => {
  expect(collectText(body)).toBe(expected);
});

test("images and files are not counted as if they were text", () => {
  const image = { image_url: { url: "data:image/png;base64,AAAA" } };
  const file = { file: { file_data: "A".repeat(20_001) } };
  expect(collectText({ messages: [{ role: "user", content: [image, file] }] })).toBe("user");
  expect(collectText({ messages: [{ content: `${"word ".repeat(5_000)}` }] })).toHaveLength(25_000);
});
