import { expect, test } from "vitest";
import { readNeeds } from "./read-needs.ts";
import type { ResponsesBody } from "./schema.ts";

const TOOL = { type: "function", name: "look_up", description: "Looks up.", parameters: {}, strict: true };

/** As `feature param`. */
function needs(body: Record<string, unknown>): string[] {
  return readNeeds({ input: "Hello", ...body } as ResponsesBody).map(({ feature, param }) => `${feature} ${param}`);
}

const message = (...content: unknown[]) => ({ role: "user", content });

test("a plain question asks for nothing that not every target has", () => {
  const settings = {
    model: "m",
    instructions: "Be brief.",
    max_output_tokens: 100,
    temperature: 0,
    top_p: 1,
    stream: true,
  };
  expect(needs(settings)).toEqual([]);
  const conversation = [
    { role: "developer", content: "Be brief." },
    { type: "message", role: "user", content: [{ type: "input_text", text: "Hi" }] },
    {
      role: "assistant",
      id: "msg_1",
      status: "completed",
      phase: "final_answer",
      content: [{ type: "output_text", text: "Hi" }],
    },
  ];
  expect(needs({ input: conversation })).toEqual([]);
});

test("each feature is named once, by the first field that asks for it", () => {
  const image = { type: "input_image", image_url: "data:," };
  const input = [message(image, image), message(image)];
  expect(needs({ input, tools: [{ type: "web_search" }], conversation: "c" })).toEqual([
    "other tools[0]",
    "vision input[0].content[0]",
  ]);
});

test("fields that are left empty, or say what happens anyway, ask for nothing", () => {
  const empty = {
    tools: [],
    tool_choice: "auto",
    parallel_tool_calls: true,
    text: { format: { type: "text" }, verbosity: "medium" },
    reasoning: { effort: null, summary: null, context: "all_turns" },
    include: ["reasoning.encrypted_content"],
    top_logprobs: 0,
    background: false,
    store: false,
    truncation: "disabled",
    previous_response_id: null,
    conversation: null,
    max_tool_calls: null,
  };
  expect(needs(empty)).toEqual([]);
});

test.each([
  ["functions", { tools: [TOOL] }, ["tools tools"]],
  [
    "one function of its choice",
    { tools: [TOOL], tool_choice: { type: "function", name: "look_up" } },
    ["tools tools", "tool-choice tool_choice"],
  ],
  ["no function", { tools: [TOOL], tool_choice: "none" }, ["tools tools", "tool-choice tool_choice"]],
  [
    "some of the functions",
    {
      tools: [TOOL],
      tool_choice: { type: "allowed_tools", mode: "auto", tools: [{ type: "function", name: "look_up" }] },
    },
    ["tools tools", "tool-choice tool_choice"],
  ],
  [
    "one call at a time",
    { tools: [TOOL], parallel_tool_calls: false },
    ["tools tools", "parallel-tool-calls parallel_tool_calls"],
  ],
  ["a JSON schema", { text: { format: { type: "json_schema", name: "n", schema: {} } } }, ["json text.format"]],
  ["JSON", { text: { format: { type: "json_object" } } }, ["json text.format"]],
  ["an effort", { reasoning: { effort: "high" } }, ["reasoning reasoning.effort"]],
  ["a summary of the reasoning", { reasoning: { summary: "auto" } }, ["reasoning reasoning.summary"]],
  ["log probabilities", { top_logprobs: 3, include: ["message.output_text.logprobs"] }, ["logprobs top_logprobs"]],
  [
    "an image",
    {
      input: [
        message(
          { type: "input_text", text: "?" },
          { type: "input_image", image_url: "https://x.example/a.png", detail: "auto" },
        ),
      ],
    },
    ["vision input[0].content[1]"],
  ],
  [
    "a file",
    { input: [message({ type: "input_file", file_data: "data:application/pdf;base64,AA==" })] },
    ["files input[0].content[0]"],
  ],
  [
    "a sound",
    { input: [message({ type: "input_audio", input_audio: { data: "AA==", format: "wav" } })] },
    ["audio input[0].content[0]"],
  ],
  [
    "earlier calls",
    {
      input: [
        { type: "function_call", call_id: "c", name: "f", arguments: "{}" },
        { type: "function_call_output", call_id: "c", output: "1" },
      ],
    },
    ["tools input[0]"],
  ],
  [
    "an image that a tool returned",
    { input: [{ type: "function_call_output", call_id: "c", output: [{ type: "input_image", image_url: "data:," }] }] },
    ["tools input[0]", "vision input[0].output[0]"],
  ],
  ["earlier reasoning", { input: [{ type: "reasoning", id: "rs_1", summary: [] }] }, ["reasoning input[0]"]],
])("%s", (_, body, expected) => {
  expect(needs(body)).toEqual(expected);
});

test.each([
  ["a hosted tool", { tools: [{ type: "web_search" }] }, "tools[0]"],
  ["a tool with a grammar", { tools: [{ type: "custom", name: "sql" }] }, "tools[0]"],
  ["a function that is loaded later", { tools: [{ ...TOOL, defer_loading: true }] }, "tools[0].defer_loading"],
  ["a choice of hosted tool", { tools: [TOOL], tool_choice: { type: "web_search" } }, "tool_choice"],
  ["a response that the provider keeps", { previous_response_id: "resp_1" }, "previous_response_id"],
  ["a conversation that it keeps", { conversation: "conv_1" }, "conversation"],
  ["a prompt that it keeps", { prompt: { id: "pmpt_1" } }, "prompt"],
  [
    "a file that it keeps",
    { input: [message({ type: "input_file", file_id: "file_1" })] },
    "input[0].content[0].file_id",
  ],
  ["an item that it keeps", { input: [{ id: "msg_1" }] }, "input[0]"],
  ["a hosted tool's call", { input: [{ type: "web_search_call", id: "ws_1" }] }, "input[0]"],
  [
    "a function of a namespace",
    { input: [{ type: "function_call", call_id: "c", name: "f", arguments: "{}", namespace: "n" }] },
    "input[0].namespace",
  ],
  ["a part that is new", { input: [message({ type: "input_video" })] }, "input[0].content[0]"],
  ["a role that is new", { input: [{ role: "critic", content: "x" }] }, "input[0].role"],
  ["how much to say", { text: { verbosity: "low" } }, "text.verbosity"],
  ["which reasoning to see", { reasoning: { context: "current_turn" } }, "reasoning.context"],
  ["what to cut", { truncation: "auto" }, "truncation"],
  ["a hosted tool's results", { include: ["file_search_call.results"] }, "include[0]"],
  ["a field that is new", { provider: { order: ["x"] } }, "provider"],
])("%s is only for targets that speak this wire", (_, body, param) => {
  expect(needs(body)).toContain(`other ${param}`);
});
