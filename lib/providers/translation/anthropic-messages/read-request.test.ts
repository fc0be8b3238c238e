import { describe, expect, test } from "vitest";
import type { TranslationTarget } from "../codec.ts";
import { readRequest } from "./read-request.ts";

const TARGET: TranslationTarget = { kind: "openai-compatible", model: "a-model" };
const CLAUDE: TranslationTarget = { kind: "anthropic", model: "claude-x" };
const BEDROCK: TranslationTarget = { kind: "amazon-bedrock", model: "claude-x" };
const MARK = { type: "ephemeral", ttl: "1h" };

const read = (fields: Record<string, unknown>, target = TARGET) =>
  readRequest({ messages: [{ role: "user", content: "Hi" }], ...fields }, target);
const prompt = (content: unknown, target = TARGET) => read({ messages: [{ role: "user", content }] }, target).prompt;

test("a request's settings have the libraries' names", () => {
  expect(
    read({ max_tokens: 9, temperature: 0.5, top_p: 0.9, top_k: 3, stop_sequences: ["."], system: "Be brief." }),
  ).toEqual({
    prompt: [
      { role: "system", content: "Be brief." },
      { role: "user", content: [{ type: "text", text: "Hi" }] },
    ],
    maxOutputTokens: 9,
    temperature: 0.5,
    topP: 0.9,
    topK: 3,
    stopSequences: ["."],
    providerOptions: {},
  });
});

test("what is null is not said", () => {
  const empty = { system: null, top_k: null, tools: null, tool_choice: null, thinking: null, output_config: null };
  expect(read({ ...empty, metadata: null, stop_sequences: null })).toEqual(read({}));
});

describe("tools", () => {
  const tool = { name: "a", description: "A tool.", input_schema: { type: "object", properties: {} } };

  test("are functions with the caller's schema", () => {
    expect(read({ tools: [{ ...tool, type: "custom", strict: true, cache_control: MARK }] }, CLAUDE).tools).toEqual([
      {
        type: "function",
        name: "a",
        description: "A tool.",
        inputSchema: tool.input_schema,
        strict: true,
        providerOptions: { anthropic: { cacheControl: { type: "ephemeral", ttl: "1h" } } },
      },
    ]);
  });

  test.each([
    [{ type: "auto" }, { type: "auto" }],
    [{ type: "any" }, { type: "required" }],
    [{ type: "none" }, { type: "none" }],
    [
      { type: "tool", name: "a" },
      { type: "tool", toolName: "a" },
    ],
  ])("are chosen as %j says", (choice, expected) => {
    expect(read({ tools: [tool], tool_choice: choice }).toolChoice).toEqual(expected);
  });

  test("are not called in parallel where the caller says so", () => {
    const choice = { type: "auto", disable_parallel_tool_use: true };
    expect(read({ tools: [tool], tool_choice: choice }).providerOptions).toEqual({
      openaiCompatible: { parallel_tool_calls: false },
    });
  });

  test("of Anthropic's own are refused", () => {
    expect(() => read({ tools: [{ type: "web_search_20250305", name: "web_search" }] })).toThrow(
      expect.objectContaining({ reason: "unsupported", param: "tools[0].type" }),
    );
  });
});

describe("a conversation", () => {
  const call = { type: "tool_use", id: "toolu_1", name: "look", input: { at: "x" } };
  const result = { type: "tool_result", tool_use_id: "toolu_1", content: "It is red." };
  const image = { type: "image", source: { type: "base64", media_type: "image/png", data: "iVBO" } };
  const turn = (...blocks: unknown[]) => [
    { role: "user", content: "Look." },
    { role: "assistant", content: [{ type: "text", text: "I look." }, call] },
    { role: "user", content: blocks },
  ];
  const following = (target: TranslationTarget, ...blocks: unknown[]) =>
    read({ messages: turn(...blocks) }, target).prompt.slice(1);

  test("has calls and their results, and what the user says beside them comes after", () => {
    expect(following(TARGET, result, { type: "text", text: "And?" })).toEqual([
      {
        role: "assistant",
        content: [
          { type: "text", text: "I look." },
          { type: "tool-call", toolCallId: "toolu_1", toolName: "look", input: { at: "x" } },
        ],
      },
      {
        role: "tool",
        content: [
          {
            type: "tool-result",
            toolCallId: "toolu_1",
            toolName: "look",
            output: { type: "text", value: "It is red." },
          },
        ],
      },
      { role: "user", content: [{ type: "text", text: "And?" }] },
    ]);
  });

  test.each([
    ["an error", { ...result, is_error: true }, { type: "error-text", value: "It is red." }],
    [
      "several texts",
      {
        ...result,
        content: [
          { type: "text", text: "a" },
          { type: "text", text: "b" },
        ],
      },
      { type: "text", value: "a\nb" },
    ],
    ["nothing", { ...result, content: undefined }, { type: "text", value: "" }],
  ])("has a result that is %s", (_, block, output) => {
    expect(following(TARGET, block)[1]?.content).toMatchObject([{ output }]);
  });

  test("has pictures in a result where the model looks for them there", () => {
    const content = [{ type: "text", text: "Here:" }, image];
    const file = { type: "file", mediaType: "image/png", data: { type: "data", data: "iVBO" } };
    expect(following(CLAUDE, { ...result, content })[1]?.content).toMatchObject([
      { output: { type: "content", value: [{ type: "text", text: "Here:" }, file] } },
    ]);
    expect(following(TARGET, { ...result, content }).slice(1)).toMatchObject([
      { role: "tool", content: [{ output: { type: "text", value: "Here:\n(A file: in the next message.)" } }] },
      { role: "user", content: [{ type: "text", text: "What look gave back:" }, file] },
    ]);
    expect(following(CLAUDE, { ...result, content, is_error: true }).slice(1)).toMatchObject([
      { role: "tool", content: [{ output: { type: "error-text" } }] },
      { role: "user", content: [{ type: "text" }, file] },
    ]);
  });

  test("does not answer calls that nobody made", () => {
    expect(() => read({ messages: [{ role: "user", content: [result] }] })).toThrow(
      expect.objectContaining({ reason: "malformed", param: "messages[0].content[0].tool_use_id" }),
    );
  });

  test("has no instructions in its middle, and no blocks that only Anthropic knows", () => {
    const unsupported = (param: string) => expect.objectContaining({ reason: "unsupported", param });
    expect(() => read({ messages: [{ role: "system", content: "a" }] })).toThrow(unsupported("messages[0].role"));
    expect(() => prompt([{ type: "search_result" }])).toThrow(unsupported("messages[0].content[0]"));
    expect(() => prompt([{ type: "image", source: { type: "file", file_id: "f" } }])).toThrow(
      unsupported("messages[0].content[0].source"),
    );
  });

  test("has instructions in one message, or in one a mark", () => {
    const system = [
      { type: "text", text: "One." },
      { type: "text", text: "Two.", cache_control: MARK },
    ];
    expect(read({ system }).prompt[0]).toEqual({ role: "system", content: "One.\n\nTwo." });
    expect(read({ system }, BEDROCK).prompt.slice(0, 2)).toEqual([
      { role: "system", content: "One." },
      {
        role: "system",
        content: "Two.",
        providerOptions: { amazonBedrock: { cachePoint: { type: "default", ttl: "1h" } } },
      },
    ]);
  });

  test("is marked at its end by a mark on the whole", () => {
    const { prompt } = read({ cache_control: { type: "ephemeral" } }, CLAUDE);
    expect(prompt).toMatchObject([
      { content: [{ text: "Hi", providerOptions: { anthropic: { cacheControl: { type: "ephemeral" } } } }] },
    ]);
  });
});

describe("what a user shows", () => {
  const document = (source: object) => [{ type: "document", title: "T", source }];

  test.each([
    [
      "a picture",
      [{ type: "image", source: { type: "base64", media_type: "image/webp", data: "UklG" } }],
      [{ type: "file", mediaType: "image/webp", data: { type: "data", data: "UklG" } }],
    ],
    [
      "a picture elsewhere",
      [{ type: "image", source: { type: "url", url: "https://a.example/b.png" } }],
      [{ type: "file", mediaType: "image/png", data: { type: "url", url: new URL("https://a.example/b.png") } }],
    ],
    [
      "a document",
      document({ type: "base64", media_type: "application/pdf", data: "JVBE" }),
      [{ type: "file", mediaType: "application/pdf", filename: "T", data: { type: "data", data: "JVBE" } }],
    ],
    [
      "a document elsewhere",
      document({ type: "url", url: "https://a.example/b" }),
      [
        {
          type: "file",
          mediaType: "application/pdf",
          filename: "T",
          data: { type: "url", url: new URL("https://a.example/b") },
        },
      ],
    ],
    ["a text", document({ type: "text", media_type: "text/plain", data: "a" }), [{ type: "text", text: "T\n\na" }]],
    ["a text as content", document({ type: "content", content: "a" }), [{ type: "text", text: "T\n\na" }]],
    [
      "blocks as content",
      document({ type: "content", content: [{ type: "text", text: "a" }] }),
      [
        { type: "text", text: "T" },
        { type: "text", text: "a" },
      ],
    ],
  ])("is %s", (_, content, parts) => {
    expect(prompt(content)[0]?.content).toEqual(parts);
  });

  test("is a text in a file to Claude", () => {
    const content = document({ type: "text", media_type: "text/plain", data: "a" });
    expect(prompt(content, CLAUDE)[0]?.content).toEqual([
      { type: "file", mediaType: "text/plain", filename: "T", data: { type: "text", text: "a" } },
    ]);
  });
});

describe("thinking", () => {
  test.each([
    [{ thinking: { type: "disabled" } }, undefined],
    [{ thinking: { type: "adaptive" } }, "high"],
    [{ thinking: { type: "adaptive" }, output_config: { effort: "low" } }, "low"],
    [{ thinking: { type: "enabled", budget_tokens: 1024 } }, "low"],
    [{ thinking: { type: "enabled", budget_tokens: 5000 } }, "medium"],
    [{ thinking: { type: "enabled", budget_tokens: 9000 } }, "high"],
    [{ output_config: { effort: "max" } }, "high"],
  ])("%j is %s", (fields, effort) => {
    expect(read(fields).reasoning).toBe(effort);
  });

  test("keeps to its budget where a model can be told one", () => {
    const thinking = { type: "enabled", budget_tokens: 5000 };
    expect(read({ thinking }, { kind: "google", model: "g" }).providerOptions).toEqual({
      google: { thinkingConfig: { includeThoughts: true, thinkingBudget: 5000 } },
    });
    const most = { type: "enabled", budget_tokens: 60_000 };
    expect(read({ thinking: most }, { kind: "google", model: "g" }).providerOptions).toEqual({
      google: { thinkingConfig: { includeThoughts: true } },
    });
  });
});

test("Claude is told to think in its own words", () => {
  const thinking = { type: "adaptive", display: "omitted" };
  const { reasoning, providerOptions } = read({ thinking, output_config: { effort: "max" } }, CLAUDE);
  expect(reasoning).toBeUndefined();
  expect(providerOptions).toEqual({ anthropic: { thinking, effort: "max" } });
});

test("the limit on the answer holds for thoughts too", () => {
  const request = { max_tokens: 8_000, thinking: { type: "enabled", budget_tokens: 5_000 } };
  expect(read(request).maxOutputTokens).toBe(8_000);
  // Their libraries add what is thought to what is said.
  expect(read(request, CLAUDE).maxOutputTokens).toBe(3_000);
  expect(read(request, BEDROCK).providerOptions).toEqual({
    amazonBedrock: { reasoningConfig: { budgetTokens: 5_000 } },
  });
});

describe("an answer's format", () => {
  const strict = {
    type: "object",
    properties: { a: { type: "string" } },
    required: ["a"],
    additionalProperties: false,
  };
  const loose = { ...strict, required: [] };
  const OPENAI: TranslationTarget = { kind: "openai-responses", model: "gpt" };

  test("is JSON by the schema, in the field's new and old place", () => {
    const format = { type: "json_schema", schema: strict };
    expect(read({ output_config: { format } }).responseFormat).toEqual({ type: "json", schema: strict });
    expect(read({ output_format: format }).responseFormat).toEqual({ type: "json", schema: strict });
  });

  test.each([
    [strict, true],
    [loose, false],
    [{ ...strict, properties: { a: { type: "array", items: loose } } }, false],
    [{ anyOf: [strict, { type: "null" }] }, true],
  ])("binds OpenAI's models where they take the schema: %j", (schema, isBinding) => {
    const { providerOptions } = read({ output_format: { type: "json_schema", schema } }, OPENAI);
    expect(providerOptions?.openai?.strictJsonSchema).toBe(isBinding);
  });
});

test("the user's name goes where there is a place for it, unless it is too long to be taken", () => {
  const OPENAI: TranslationTarget = { kind: "openai-responses", model: "gpt" };
  expect(read({ metadata: { user_id: "u" } }, OPENAI).providerOptions?.openai).toMatchObject({ user: "u" });
  expect(read({ metadata: { user_id: "u".repeat(65) } }, OPENAI).providerOptions?.openai).not.toHaveProperty("user");
});
