import { describe, expect, test } from "vitest";
import { FEATURES, type Feature, type WireBody } from "#lib/gateway/contract/wire.ts";
import { TRANSLATION_KINDS, type TranslationKind } from "../../registry/entry.ts";
import { FAKE_ANSWERS } from "../fake-answers.ts";
import { fakeAccount, fakeRequest, fakeTransport } from "../fake-transport.ts";
import { TRANSLATIONS } from "../features.ts";
import { openTranslator } from "../translate.ts";
import { ANTHROPIC_MESSAGES_CODEC } from "./index.ts";

const MODELS: Readonly<Record<TranslationKind, string>> = {
  "openai-compatible": "llama-3.3-70b",
  "openai-responses": "gpt-5.2",
  "azure-openai": "gpt-5.2",
  anthropic: "claude-sonnet-4-5",
  google: "gemini-3-pro-preview",
  "google-vertex": "gemini-2.5-pro",
  "amazon-bedrock": "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
  cohere: "command-a-03-2025",
};

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const PDF = "JVBERi0xLjQK";
const tool = { name: "get_weather", input_schema: { type: "object", properties: {} } };
const tools = [tool, { ...tool, name: "get_time" }];
const say = (...content: object[]) => ({ messages: [{ role: "user", content }] });
const schema = { type: "object", properties: { verdict: { type: "string" } }, additionalProperties: false };
const image = { type: "image", source: { type: "base64", media_type: "image/png", data: PNG } };

/** A request that uses the feature, and what of it must be seen on its way out, whatever the provider calls it. */
const USES: Readonly<Partial<Record<Feature, [body: WireBody, trace: RegExp]>>> = {
  tools: [{ tools }, /get_weather/],
  "tool-choice": [{ tools, tool_choice: { type: "any" } }, /"required"|"any"|"ANY"|"REQUIRED"/],
  "parallel-tool-calls": [
    { tools, tool_choice: { type: "auto", disable_parallel_tool_use: true } },
    /"parallel_tool_calls":false|"disable_parallel_tool_use":true/,
  ],
  vision: [say(image), new RegExp(PNG.slice(0, 40))],
  files: [
    say({ type: "document", title: "a", source: { type: "base64", media_type: "application/pdf", data: PDF } }),
    /(?<!"text":")JVBERi0xLjQK/,
  ],
  json: [{ output_config: { format: { type: "json_schema", schema } } }, /"verdict"/],
  reasoning: [
    { thinking: { type: "enabled", budget_tokens: 9_000 } },
    /"reasoning_effort":"high"|"effort":"high"|"budget_tokens":\d+|"thinkingBudget":9000|"token_budget":9000/,
  ],
  stop: [{ stop_sequences: ["STOP-HERE"] }, /STOP-HERE/],
  "top-k": [{ top_k: 37 }, /"(top_k|topK|k)":37/],
};

const used = FEATURES.filter((feature) => USES[feature] !== undefined);

async function send(kind: TranslationKind, fields: WireBody) {
  const transport = fakeTransport(() => ({ body: FAKE_ANSWERS[kind].whole }));
  const provider = openTranslator(fakeAccount(kind), transport, { "anthropic-messages": ANTHROPIC_MESSAGES_CODEC });
  const body = { messages: [{ role: "user", content: "Hi" }], max_tokens: 30_000, ...fields };
  const answer = await provider.call(fakeRequest({ wire: "anthropic-messages", model: MODELS[kind], body }));
  return { answer, sent: transport.sent[0]?.body ?? "" };
}

describe.each(TRANSLATION_KINDS)("the way over %s", (kind) => {
  const { features } = TRANSLATIONS[kind];

  test.each(used.filter((feature) => features.includes(feature)))("carries %s, as its entry says", async (feature) => {
    const [body, trace] = USES[feature] as [WireBody, RegExp];
    const { answer, sent } = await send(kind, body);
    expect(answer).toMatchObject({ kind: "answer", finishReason: "stop" });
    expect(sent).toMatch(trace);
  });

  test.each(used.filter((feature) => !features.includes(feature) && feature !== "top-k"))(
    "refuses or leaves out %s, as its entry says",
    async (feature) => {
      const [body, trace] = USES[feature] as [WireBody, RegExp];
      const { answer, sent } = await send(kind, body);
      if (answer.kind === "failure") expect(answer.failure.kind).toBe("unsupported");
      else expect(sent).not.toMatch(trace);
    },
  );

  test("shows the picture that a tool gave back", async () => {
    const { sent } = await send(kind, {
      tools,
      messages: [
        { role: "user", content: "Look." },
        { role: "assistant", content: [{ type: "tool_use", id: "toolu_12345", name: "get_weather", input: {} }] },
        { role: "user", content: [{ type: "tool_result", tool_use_id: "toolu_12345", content: [image] }] },
      ],
    });
    // As a picture, not as text in a result that nobody looks at.
    expect(sent.match(new RegExp(PNG.slice(0, 40), "g"))).toHaveLength(1);
    expect(sent).not.toMatch(/\\"data\\"/);
  });

  test("takes every effort", async () => {
    for (const effort of ["low", "medium", "high", "xhigh", "max"]) {
      expect((await send(kind, { output_config: { effort } })).answer.kind, effort).toBe("answer");
    }
  });

  test("holds the answer as a message", async () => {
    const { answer } = await send(kind, {});
    const message = JSON.parse(new TextDecoder().decode(answer.kind === "answer" ? answer.body : undefined));
    expect(message).toMatchObject({
      id: expect.stringMatching(/^msg_[0-9a-f]{32}$/),
      type: "message",
      role: "assistant",
      model: MODELS[kind],
      content: [{ type: "text" }],
      stop_reason: "end_turn",
      usage: { input_tokens: expect.any(Number), output_tokens: expect.any(Number) },
    });
  });
});
