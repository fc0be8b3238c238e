import { expect, test } from "vitest";
import { continueFrom } from "./continue-from.ts";

const MESSAGES = [{ role: "user", content: "Count." }];

test("the answer so far becomes the last message, without whitespace at its end", () => {
  expect(continueFrom({ messages: MESSAGES }, "One, \n", "assistant-message")).toEqual({
    messages: [...MESSAGES, { role: "assistant", content: [{ type: "text", text: "One," }] }],
  });
});

test("an answer that is nothing but whitespace so far is asked for again", () => {
  expect(continueFrom({ messages: MESSAGES }, "\n\n", "assistant-message")).toEqual({});
});

test.each([
  ["the caller began the answer", { messages: [...MESSAGES, { role: "assistant", content: "One" }] }],
  ["the model thinks first", { messages: MESSAGES, thinking: { type: "adaptive" } }],
  ["a tool is forced", { messages: MESSAGES, tool_choice: { type: "any" } }],
  ["one tool is forced", { messages: MESSAGES, tool_choice: { type: "tool", name: "a" } }],
  ["a format is set", { messages: MESSAGES, output_config: { format: { type: "json_schema", schema: {} } } }],
  ["a format is set in the older way", { messages: MESSAGES, output_format: { type: "json_schema", schema: {} } }],
])("nothing is taken up where %s", (_, body) => {
  expect(continueFrom(body, "One", "assistant-message")).toBeNull();
});

test.each(["prefix-flag", "continue-final-message"] as const)("this wire has no field for %s", (prefill) => {
  expect(continueFrom({ messages: MESSAGES }, "One", prefill)).toBeNull();
});

test("tools that may be called, thinking that is off and effort stand in no one's way", () => {
  const body = {
    messages: MESSAGES,
    tool_choice: { type: "auto" },
    thinking: { type: "disabled" },
    output_config: { effort: "low" },
  };
  expect(continueFrom(body, "One", "assistant-message")).not.toBeNull();
});
