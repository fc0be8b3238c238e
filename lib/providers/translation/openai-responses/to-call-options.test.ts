import { expect, test } from "vitest";
import type { TranslationKind } from "../../registry/entry.ts";
import { TranslationError } from "../codec.ts";
import { toCallOptions } from "./to-call-options.ts";

const TOOL = {
  type: "function",
  name: "look_up",
  description: "Looks up.",
  parameters: { type: "object" },
  strict: true,
};
const OTHER = { type: "function", name: "add" };
const PNG = "data:image/png;base64,iVBORw0KGgo=";

const read = (body: Record<string, unknown>, kind: TranslationKind = "anthropic") =>
  toCallOptions({ input: "Hello", ...body }, { kind, model: "a-model" });

const prompt = (input: unknown, kind?: TranslationKind) => read({ input }, kind).prompt;

function refusal(body: Record<string, unknown>, kind?: TranslationKind): TranslationError {
  try {
    read(body, kind);
  } catch (error) {
    if (error instanceof TranslationError) return error;
    throw error;
  }
  throw new Error("It was taken.");
}

test("a question with its settings", () => {
  const options = read({ instructions: "Be brief.", max_output_tokens: 100, temperature: 0.5, top_p: 0.9 });
  expect(options).toMatchObject({ maxOutputTokens: 100, temperature: 0.5, topP: 0.9 });
  expect(options.prompt).toEqual([
    { role: "system", content: "Be brief." },
    { role: "user", content: [{ type: "text", text: "Hello" }] },
  ]);
});

test("what one turn of the model was in several items is one message", () => {
  const input = [
    {
      role: "developer",
      content: [
        { type: "input_text", text: "Be" },
        { type: "input_text", text: "brief." },
      ],
    },
    { role: "user", content: "Two cities?" },
    { type: "message", role: "assistant", content: [{ type: "output_text", text: "I look.", annotations: [] }] },
    { type: "function_call", id: "fc_1", call_id: "call_1", name: "look_up", arguments: '{"city":"Bern"}' },
    { type: "function_call", call_id: "call_2", name: "look_up", arguments: "" },
    { type: "function_call_output", call_id: "call_1", output: '{"n": 1.50}' },
    {
      type: "function_call_output",
      call_id: "call_2",
      output: [
        { type: "input_text", text: "a" },
        { type: "input_text", text: "b" },
      ],
    },
    { role: "assistant", content: [{ type: "refusal", refusal: "No." }] },
  ];
  expect(prompt(input)).toEqual([
    { role: "system", content: "Be\nbrief." },
    { role: "user", content: [{ type: "text", text: "Two cities?" }] },
    {
      role: "assistant",
      content: [
        { type: "text", text: "I look." },
        { type: "tool-call", toolCallId: "call_1", toolName: "look_up", input: { city: "Bern" } },
        { type: "tool-call", toolCallId: "call_2", toolName: "look_up", input: {} },
      ],
    },
    {
      role: "tool",
      content: [
        {
          type: "tool-result",
          toolCallId: "call_1",
          toolName: "look_up",
          output: { type: "text", value: '{"n": 1.50}' },
        },
        { type: "tool-result", toolCallId: "call_2", toolName: "look_up", output: { type: "text", value: "a\nb" } },
      ],
    },
    { role: "assistant", content: [{ type: "text", text: "No." }] },
  ]);
});

test("images, files and sounds come as files", () => {
  const content = [
    { type: "input_image", image_url: PNG, detail: "auto" },
    { type: "input_image", image_url: "https://x.example/a.jpg" },
    { type: "input_file", filename: "a.txt", file_data: "data:text/plain;base64,SGk=" },
    { type: "input_file", filename: "a.pdf", file_data: "SGk=" },
    { type: "input_file", file_url: "https://x.example/a.pdf" },
    { type: "input_audio", input_audio: { data: "SGk=", format: "mp3" } },
  ];
  expect(prompt([{ role: "user", content }])).toMatchObject([
    {
      content: [
        { mediaType: "image/png", data: { type: "data", data: "iVBORw0KGgo=" } },
        { mediaType: "image/jpeg", data: { type: "url" } },
        { mediaType: "text/plain", filename: "a.txt", data: { type: "data", data: "SGk=" } },
        { mediaType: "application/pdf", filename: "a.pdf", data: { type: "data" } },
        { mediaType: "application/pdf", data: { type: "url" } },
        { mediaType: "audio/mpeg", data: { type: "data" } },
      ],
    },
  ]);
});

test("functions keep their schema and whether it binds", () => {
  expect(read({ tools: [TOOL, OTHER] }).tools).toEqual([
    { type: "function", name: "look_up", description: "Looks up.", inputSchema: { type: "object" }, strict: true },
    { type: "function", name: "add", inputSchema: { type: "object", properties: {} } },
  ]);
});

test.each([
  [undefined, undefined],
  ["auto", { type: "auto" }],
  ["none", { type: "none" }],
  ["required", { type: "required" }],
  [
    { type: "function", name: "add" },
    { type: "tool", toolName: "add" },
  ],
])("a choice of tool of %j", (choice, toolChoice) => {
  expect(read({ tools: [TOOL, OTHER], tool_choice: choice }).toolChoice).toEqual(toolChoice);
});

test("functions that may not be called are not told of", () => {
  const choice = { type: "allowed_tools", mode: "required", tools: [{ type: "function", name: "add" }] };
  expect(read({ tools: [TOOL, OTHER], tool_choice: choice })).toMatchObject({
    tools: [{ name: "add" }],
    toolChoice: { type: "required" },
  });
});

test("a schema of the answer goes with its name", () => {
  const format = { type: "json_schema", name: "city", schema: { type: "object" }, strict: true };
  const { responseFormat, providerOptions } = read({ text: { format } }, "openai-compatible");
  expect(responseFormat).toEqual({ type: "json", name: "city", schema: { type: "object" } });
  expect(providerOptions).toMatchObject({ openaiCompatible: { strictJsonSchema: true } });
});

test("JSON without a schema is any object", () => {
  expect(read({ text: { format: { type: "json_object" } } }).responseFormat).toMatchObject({
    schema: { type: "object", additionalProperties: true },
  });
});

test("reasoning: how hard to think, and whether to tell of it", () => {
  expect(read({ reasoning: { effort: "high", summary: "auto" } }, "google")).toMatchObject({
    reasoning: "high",
    providerOptions: { google: { thinkingConfig: { includeThoughts: true } } },
  });
  expect(refusal({ reasoning: { effort: "utmost" } })).toMatchObject({
    reason: "unsupported",
    param: "reasoning.effort",
  });
});

test("one call at a time, the user and the cache's marks have a name at each library", () => {
  const content = [{ type: "input_text", text: "Long.", prompt_cache_breakpoint: { mode: "explicit" } }];
  const body = { input: [{ role: "user", content }], parallel_tool_calls: false, safety_identifier: "u" };
  const { prompt, providerOptions } = read(body);
  expect(providerOptions).toMatchObject({ anthropic: { disableParallelToolUse: true, metadata: { userId: "u" } } });
  expect(prompt[0]?.content).toMatchObject([
    { providerOptions: { anthropic: { cacheControl: { type: "ephemeral" } } } },
  ]);
});

const OUTPUT_FILE = {
  input: [
    { type: "function_call", call_id: "c", name: "f", arguments: "{}" },
    {
      type: "function_call_output",
      call_id: "c",
      output: [
        { type: "input_text", text: "See:" },
        { type: "input_image", image_url: PNG },
      ],
    },
  ],
};

test("a file that a tool gave back goes on where its library takes it", () => {
  const content = {
    type: "content",
    value: [
      { type: "text", text: "See:" },
      { type: "file", mediaType: "image/png" },
    ],
  };
  for (const kind of ["anthropic", "google", "amazon-bedrock", "openai-responses"] as const) {
    expect(read(OUTPUT_FILE, kind).prompt[1]?.content).toMatchObject([{ output: content }]);
  }
  for (const kind of ["openai-compatible", "cohere"] as const) {
    expect(refusal(OUTPUT_FILE, kind)).toMatchObject({ reason: "unsupported", param: "input[1].output[1]" });
  }
});

test.each([
  [{ input: [{ type: "function_call_output", call_id: "c", output: "" }] }, "malformed", "input[0].call_id"],
  [{ input: [{ role: "user", content: [{ type: "input_text", text: 7 }] }] }, "malformed", "input[0].content[0].text"],
  [
    { input: [{ role: "user", content: [{ type: "input_image", image_url: "x" }] }] },
    "malformed",
    "input[0].content[0]",
  ],
  [
    { input: [{ role: "user", content: [{ type: "input_file", file_data: "data:a;base64,§" }] }] },
    "malformed",
    "input[0].content[0]",
  ],
  [
    { input: [{ role: "user", content: [{ type: "input_audio" }] }] },
    "malformed",
    "input[0].content[0].input_audio.format",
  ],
  [{ tools: [TOOL], tool_choice: { type: "allowed_tools", tools: [] } }, "malformed", "tool_choice.tools"],
  [
    { input: [{ type: "function_call", call_id: "c", name: "f", arguments: "[1]" }] },
    "unsupported",
    "input[0].arguments",
  ],
  [
    { input: [{ type: "function_call", call_id: "c", name: "f", arguments: "{oops" }] },
    "unsupported",
    "input[0].arguments",
  ],
  [
    { input: [{ role: "assistant", content: [{ type: "input_image", image_url: PNG }] }] },
    "unsupported",
    "input[0].content[0]",
  ],
  [{ input: [{ role: "critic", content: "x" }] }, "unsupported", "input[0].role"],
  [{ input: [{ type: "web_search_call" }] }, "unsupported", "input[0]"],
  [{ input: [{ role: "user", content: [{ type: "input_video" }] }] }, "unsupported", "input[0].content[0]"],
  [{ tools: [{ type: "web_search" }] }, "unsupported", "tools[0]"],
  [{ tools: [TOOL], tool_choice: { type: "web_search" } }, "unsupported", "tool_choice"],
])("%j cannot be said: %s", (body, reason, param) => {
  expect(refusal(body)).toMatchObject({ reason, param });
});
