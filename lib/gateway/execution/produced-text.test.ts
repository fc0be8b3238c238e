import { expect, test } from "vitest";
import { producedText } from "./produced-text.ts";

test.each<[string, object, string]>([
  ["a chat's answer", { id: "c-1", choices: [{ message: { role: "assistant", content: "Hi" } }] }, "Hi"],
  ["a chat's call", { choices: [{ delta: { tool_calls: [{ id: "1", function: { arguments: '{"a' } }] } }] }, '{"a'],
  ["a chat's thought", { choices: [{ delta: { reasoning_content: "Hm" } }] }, "Hm"],
  [
    "Anthropic's answer",
    {
      content: [
        { type: "text", text: "Hi" },
        { type: "thinking", thinking: "Hm" },
      ],
    },
    "HiHm",
  ],
  ["Anthropic's call", { type: "content_block_delta", delta: { type: "input_json_delta", partial_json: "{" } }, "{"],
  ["Responses' answer", { output: [{ content: [{ type: "output_text", text: "Hi" }] }] }, "Hi"],
  ["Responses' thought", { type: "response.reasoning_summary_text.delta", delta: "Hm" }, "Hm"],
  ["vectors", { data: [{ embedding: [1, 2] }], model: "m" }, ""],
])("of %s only what the model made", (_, body, expected) => {
  expect(producedText(JSON.stringify(body))).toBe(expected);
});

test("what is no JSON holds nothing", () => {
  expect(producedText("[DONE]")).toBe("");
});
