import { describe, expect, test } from "vitest";
import type { TranslationKind } from "../../registry/entry.ts";
import type { TranslationError } from "../codec.ts";
import { readRequest } from "./read-request.ts";

const user = { role: "user", content: "Hi" };

function read(body: object, kind: TranslationKind = "google") {
  return readRequest({ messages: [user], ...body }, { kind, model: "m" });
}

function readPrompt(messages: object[], kind: TranslationKind = "google") {
  return read({ messages }, kind).prompt;
}

function refuse(body: object, kind?: TranslationKind): Pick<TranslationError, "reason" | "param"> {
  try {
    read(body, kind);
  } catch (error) {
    return error as TranslationError;
  }
  throw new Error("It was not refused.");
}

test("settings keep their values under the library's names", () => {
  const body = {
    temperature: 0,
    top_p: 0.5,
    seed: 0,
    stop: "END",
    max_tokens: 5,
    max_completion_tokens: 6,
    presence_penalty: 0.1,
    frequency_penalty: 0.2,
    reasoning_effort: "minimal",
  };
  expect(read(body)).toMatchObject({
    temperature: 0,
    topP: 0.5,
    seed: 0,
    stopSequences: ["END"],
    maxOutputTokens: 6,
    presencePenalty: 0.1,
    frequencyPenalty: 0.2,
    reasoning: "minimal",
  });
});

test("what says nothing is not said", () => {
  const body = {
    stop: null,
    n: 1,
    logprobs: false,
    seed: null,
    tools: [],
    presence_penalty: 0,
    response_format: { type: "text" },
  };
  expect(Object.keys(read(body)).sort()).toEqual(["prompt", "providerOptions"]);
});

describe("messages", () => {
  test("a conversation with tools keeps its ids, its names and its order", () => {
    const call = (id: string, name: string) => ({ id, type: "function", function: { name, arguments: '{"a":1}' } });
    const prompt = readPrompt([
      {
        role: "developer",
        content: [
          { type: "text", text: "One." },
          { type: "text", text: "Two." },
        ],
      },
      user,
      { role: "assistant", content: "Let me see.", tool_calls: [call("1", "first"), call("2", "second")] },
      { role: "tool", tool_call_id: "2", content: "second's" },
      { role: "tool", tool_call_id: "1", content: [{ type: "text", text: "first's" }] },
      { role: "assistant", content: "It is" },
    ]);
    const result = (toolCallId: string, toolName: string, value: string) => ({
      type: "tool-result",
      toolCallId,
      toolName,
      output: { type: "text", value },
    });
    expect(prompt).toEqual([
      { role: "system", content: "One." },
      { role: "system", content: "Two." },
      { role: "user", content: [{ type: "text", text: "Hi" }] },
      {
        role: "assistant",
        content: [
          { type: "text", text: "Let me see." },
          { type: "tool-call", toolCallId: "1", toolName: "first", input: { a: 1 } },
          { type: "tool-call", toolCallId: "2", toolName: "second", input: { a: 1 } },
        ],
      },
      { role: "tool", content: [result("2", "second", "second's"), result("1", "first", "first's")] },
      { role: "assistant", content: [{ type: "text", text: "It is" }] },
    ]);
  });

  test("what a tool gave back stays the text that it was, if it is JSON too", () => {
    const text = '{"id": 12345678901234567890}';
    const call = { id: "1", type: "function", function: { name: "f", arguments: "" } };
    const prompt = readPrompt([
      user,
      { role: "assistant", tool_calls: [call] },
      { role: "tool", tool_call_id: "1", content: text },
    ]);
    expect(prompt[1]?.content).toEqual([{ type: "tool-call", toolCallId: "1", toolName: "f", input: {} }]);
    expect(prompt.at(-1)?.content[0]).toMatchObject({ output: { type: "text", value: text } });
  });

  test.each<[string, object, object]>([
    [
      "an image in the request",
      { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } },
      { mediaType: "image/png", data: { type: "data", data: "AAAA" } },
    ],
    [
      "an image elsewhere",
      { type: "image_url", image_url: { url: "https://a.test/cat.JPG?x=1" } },
      { mediaType: "image/jpeg", data: { type: "url", url: new URL("https://a.test/cat.JPG?x=1") } },
    ],
    [
      "an image of unknown type",
      { type: "image_url", image_url: "https://a.test/cat" },
      { mediaType: "image", data: { type: "url", url: new URL("https://a.test/cat") } },
    ],
    [
      "a text as an address",
      { type: "image_url", image_url: { url: "data:image/svg+xml,%3Csvg/%3E" } },
      { mediaType: "image/svg+xml", data: { type: "data", data: "PHN2Zy8+" } },
    ],
    [
      "audio",
      { type: "input_audio", input_audio: { data: "AAAA", format: "mp3" } },
      { mediaType: "audio/mpeg", data: { type: "data", data: "AAAA" } },
    ],
    [
      "a file",
      { type: "file", file: { filename: "a.pdf", file_data: "AAAA" } },
      { mediaType: "application/pdf", filename: "a.pdf", data: { type: "data", data: "AAAA" } },
    ],
    [
      "a file of another type",
      { type: "file", file: { file_data: "data:text/csv;charset=utf-8;base64,AAAA" } },
      { mediaType: "text/csv", data: { type: "data", data: "AAAA" } },
    ],
  ])("%s is read", (_, part, expected) => {
    expect(readPrompt([{ role: "user", content: [part] }])[0]?.content).toEqual([{ type: "file", ...expected }]);
  });

  test.each<[TranslationKind, object | undefined]>([
    ["anthropic", { anthropic: { cacheControl: { type: "ephemeral", ttl: "1h" } } }],
    ["amazon-bedrock", { amazonBedrock: { cachePoint: { type: "default", ttl: "1h" } } }],
    ["google", undefined],
  ])("a cache mark is %s's own", (kind, providerOptions) => {
    const marked = [{ type: "text", text: "Hi", cache_control: { type: "ephemeral", ttl: "1h" } }];
    const prompt = readPrompt(
      [
        { role: "system", content: marked },
        { role: "user", content: marked },
      ],
      kind,
    );
    expect(prompt[0]?.providerOptions).toEqual(providerOptions);
    expect(prompt[1]?.content[0]).toEqual({ type: "text", text: "Hi", ...(providerOptions && { providerOptions }) });
  });
});

describe("seals go back to the provider that set them, and to no other", () => {
  const call = {
    id: "1",
    type: "function",
    function: { name: "f", arguments: "{}" },
    extra_content: { google: { thought_signature: "s" } },
  };
  const details = [
    { type: "reasoning.text", text: "Hm.", signature: "c", format: "anthropic-claude-v1" },
    { type: "reasoning.encrypted", data: "r", format: "anthropic-claude-v1" },
  ];
  const message = { role: "assistant", tool_calls: [call], reasoning_content: "Hm.", reasoning_details: details };
  const readAssistant = (kind: TranslationKind) => readPrompt([user, message], kind)[1]?.content;

  test.each<[TranslationKind, object]>([
    ["google", { google: { thoughtSignature: "s" } }],
    ["google-vertex", { googleVertex: { thoughtSignature: "s" } }],
  ])("Gemini's, on a call, by %s", (kind, providerOptions) => {
    expect(readAssistant(kind)).toEqual([
      { type: "reasoning", text: "Hm." },
      { type: "tool-call", toolCallId: "1", toolName: "f", input: {}, providerOptions },
    ]);
  });

  test.each<[TranslationKind, object, object]>([
    ["anthropic", { anthropic: { signature: "c" } }, { anthropic: { redactedData: "r" } }],
    ["amazon-bedrock", { amazonBedrock: { signature: "c" } }, { amazonBedrock: { redactedContent: "r" } }],
  ])("Claude's, on its thoughts, by %s", (kind, open, redacted) => {
    expect(readAssistant(kind)).toEqual([
      { type: "reasoning", text: "Hm.", providerOptions: open },
      { type: "reasoning", text: "", providerOptions: redacted },
      { type: "tool-call", toolCallId: "1", toolName: "f", input: {} },
    ]);
  });

  test("nobody's, by others: the thought alone", () => {
    const content = readAssistant("cohere");
    expect(JSON.stringify(content)).not.toContain("providerOptions");
  });
});

describe("the form of the answer", () => {
  test.each<[TranslationKind, object]>([
    ["google", { type: "json" }],
    ["cohere", { type: "json" }],
    ["anthropic", { type: "json", schema: { type: "object", additionalProperties: true } }],
    ["amazon-bedrock", { type: "json", schema: { type: "object", additionalProperties: true } }],
  ])("JSON of any shape is asked of %s in a way that it hears", (kind, responseFormat) => {
    const options = read({ response_format: { type: "json_object" } }, kind);
    expect(options.responseFormat).toEqual(responseFormat);
    if ("schema" in responseFormat) expect(options.providerOptions?.anthropic?.structuredOutputMode).toBe("jsonTool");
  });

  test.each([true, false])("a schema keeps its name, its description and whether it binds: %s", (strict) => {
    const schema = { type: "object", properties: { a: { type: "string" } } };
    const format = { type: "json_schema", json_schema: { name: "n", description: "d", schema, strict } };
    const options = read({ response_format: format }, "openai-responses");
    expect(options.responseFormat).toEqual({ type: "json", name: "n", description: "d", schema });
    expect(options.providerOptions?.openai).toMatchObject({ strictJsonSchema: strict });
  });
});

describe("tools", () => {
  const tool = {
    type: "function",
    function: { name: "f", description: "d", parameters: { type: "object" }, strict: true },
  };

  test("keep their names, descriptions, parameters and whether these bind", () => {
    const { tools, toolChoice } = read({ tools: [tool], tool_choice: { type: "function", function: { name: "f" } } });
    expect(tools).toEqual([
      { type: "function", name: "f", description: "d", inputSchema: { type: "object" }, strict: true },
    ]);
    expect(toolChoice).toEqual({ type: "tool", toolName: "f" });
  });

  test("one without parameters takes none", () => {
    const { tools } = read({ tools: [{ type: "function", function: { name: "f" } }] });
    expect(tools).toMatchObject([{ inputSchema: { type: "object", properties: {} } }]);
  });
});

describe("what a translation cannot say is refused with its field, never left out", () => {
  const message = (fields: object) => ({ messages: [{ role: "user", content: "Hi", ...fields }] });
  test.each<[string, object, string]>([
    ["several choices", { n: 2 }, "n"],
    ["log probabilities", { logprobs: true }, "logprobs"],
    ["a logit bias", { logit_bias: { "1": 5 } }, "logit_bias"],
    ["functions", { functions: [{ name: "f" }] }, "functions"],
    ["spoken answers", { audio: { voice: "v", format: "wav" } }, "audio"],
    ["a search of the web", { web_search_options: {} }, "web_search_options"],
    ["a provider's own tool", { tools: [{ type: "web_search" }] }, "tools[0].type"],
    ["a set of allowed tools", { tool_choice: { type: "allowed_tools" } }, "tool_choice"],
    ["a format that it does not know", { response_format: { type: "grammar" } }, "response_format.type"],
    ["a participant's name", message({ name: "ada" }), "messages[0].name"],
    [
      "a kept file",
      message({ content: [{ type: "file", file: { file_id: "f" } }] }),
      "messages[0].content[0].file.file_id",
    ],
    ["a part that it does not know", message({ content: [{ type: "video_url" }] }), "messages[0].content[0]"],
  ])("%s", (_, body, param) => {
    expect(refuse(body)).toMatchObject({ reason: "unsupported", param });
  });

  test("a tool that binds, to Cohere, whose library leaves that out", () => {
    const tools = [{ type: "function", function: { name: "f", strict: true } }];
    expect(refuse({ tools }, "cohere")).toMatchObject({ reason: "unsupported", param: "tools[0].function.strict" });
  });

  test.each<[string, object, string]>([
    ["a temperature that is no number", { temperature: "hot" }, "temperature"],
    ["a message without content", { messages: [{ role: "user" }] }, "messages[0].content"],
    ["a role that there is not", { messages: [{ role: "robot", content: "Hi" }] }, "messages[0].role"],
    ["messages that are none", { messages: 7 }, "messages"],
    ["calls that are none", { messages: [{ role: "assistant", tool_calls: [1, 2] }] }, "messages[0].tool_calls[0]"],
    [
      "an answer to no call",
      { messages: [{ role: "tool", tool_call_id: "x", content: "4" }] },
      "messages[0].tool_call_id",
    ],
    [
      "a file that is not base64",
      message({ content: [{ type: "file", file: { file_data: "{}" } }] }),
      "messages[0].content[0].file.file_data",
    ],
    [
      "an address of a file",
      message({ content: [{ type: "image_url", image_url: { url: "file:///etc/passwd" } }] }),
      "messages[0].content[0].image_url.url",
    ],
  ])("%s is malformed in any wire", (_, body, param) => {
    expect(refuse(body)).toMatchObject({ reason: "malformed", param });
  });

  test("a list of a million wrong elements is refused at its first", () => {
    const tool_calls = Array.from({ length: 1_000_000 }, () => 1);
    expect(refuse({ messages: [{ role: "assistant", tool_calls }] })).toMatchObject({
      param: "messages[0].tool_calls[0]",
    });
  });
});
