import { describe, expect, test } from "vitest";
import { FEATURES, type Feature, HINTS, type Hint, type WireBody } from "#lib/gateway/contract/wire.ts";
import { TRANSLATION_KINDS, type TranslationKind } from "../registry/entry.ts";
import { FAKE_ANSWERS } from "./fake-answers.ts";
import { fakeAccount, fakeRequest, fakeTransport } from "./fake-transport.ts";
import { TRANSLATIONS } from "./features.ts";
import { OPENAI_CHAT_CODEC } from "./openai-chat/index.ts";
import { openTranslator } from "./translate.ts";

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
const WAV = "UklGRiQAAABXQVZFZm10IA==";
const tool = { type: "function", function: { name: "get_weather", parameters: { type: "object", properties: {} } } };
const tools = [tool, { ...tool, function: { ...tool.function, name: "get_time" } }];
const say = (...content: object[]) => ({ messages: [{ role: "user", content }] });
const schema = { type: "object", properties: { verdict: { type: "string" } }, additionalProperties: false };

/** A request that uses the feature, and what of it must be seen on its way out, whatever the provider calls it. */
const USES: Readonly<Record<Exclude<Feature, "embeddings">, [body: WireBody, trace: RegExp]>> = {
  tools: [{ tools }, /get_weather/],
  "tool-choice": [{ tools, tool_choice: "required" }, /"required"|"any"|"ANY"|"REQUIRED"/],
  "parallel-tool-calls": [
    { tools, parallel_tool_calls: false },
    /"parallel_tool_calls":false|"disable_parallel_tool_use":true/,
  ],
  vision: [
    say({ type: "image_url", image_url: { url: `data:image/png;base64,${PNG}` } }),
    new RegExp(PNG.slice(0, 40)),
  ],
  files: [
    say({ type: "file", file: { filename: "a.pdf", file_data: `data:application/pdf;base64,${PDF}` } }),
    /(?<!"text":")JVBERi0xLjQK/,
  ],
  audio: [say({ type: "input_audio", input_audio: { data: WAV, format: "wav" } }), /(?<!"text":")UklGRiQ/],
  json: [{ response_format: { type: "json_schema", json_schema: { name: "answer", schema } } }, /"verdict"/],
  reasoning: [
    { reasoning_effort: "high" },
    /"reasoning_effort":"high"|"effort":"high"|"budget_tokens":\d+|"thinkingBudget":\d+|"thinkingLevel":"high"|"token_budget":\d+/,
  ],
  stop: [{ stop: ["STOP-HERE"] }, /STOP-HERE/],
  seed: [{ seed: 4711 }, /"seed":4711/],
  penalties: [{ presence_penalty: 0.71, frequency_penalty: 0.72 }, /0\.7[12].*0\.7[12]/],
  "top-k": [{ top_k: 37 }, /"(top_k|topK|k)":37/],
  logprobs: [{ logprobs: true, top_logprobs: 3 }, /logprobs/],
  n: [{ n: 3 }, /"n":3|"candidateCount":3/],
  "logit-bias": [{ logit_bias: { "50256": -100 } }, /50256/],
  other: [{ prediction: { type: "content", content: "GUESSED" } }, /GUESSED/],
};

/** Sent, but to a place where nobody looks for it: Converse has no such field. */
const IN_VAIN = new Set(["amazon-bedrock top-k"]);

const HINTED: Readonly<
  Record<Exclude<Hint, "stream-options" | "earlier-reasoning" | "tool-errors">, [body: WireBody, trace: RegExp]>
> = {
  user: [{ user: "user-4711" }, /user-4711/],
  metadata: [{ metadata: { purpose: "purpose-4711" } }, /purpose-4711/],
  "prompt-cache": [say({ type: "text", text: "Hi", cache_control: { type: "ephemeral" } }), /cache_control|cachePoint/],
  "service-tier": [{ service_tier: "default" }, /"service_tier":"default"/],
  store: [{ store: true }, /"store":true/],
  "image-detail": [
    say({ type: "image_url", image_url: { url: `data:image/png;base64,${PNG}`, detail: "low" } }),
    /"detail":"low"/,
  ],
};

/** This wire gives back thoughts in several forms; that a tool's result is an error it cannot say. */
const OF_OTHER_TESTS = new Set<Hint>(["stream-options", "earlier-reasoning", "tool-errors"]);
const hinted = HINTS.filter((hint): hint is keyof typeof HINTED => !OF_OTHER_TESTS.has(hint));

async function send(kind: TranslationKind, fields: WireBody) {
  const transport = fakeTransport(() => ({ body: FAKE_ANSWERS[kind].whole }));
  const provider = openTranslator(fakeAccount(kind), transport, { "openai-chat": OPENAI_CHAT_CODEC });
  const body = { messages: [{ role: "user", content: "Hi" }], max_completion_tokens: 30_000, ...fields };
  const answer = await provider.call(fakeRequest({ model: MODELS[kind], body }));
  return { answer, sent: transport.sent[0]?.body ?? "" };
}

describe.each(TRANSLATION_KINDS)("the way over %s", (kind) => {
  const { features, hints } = TRANSLATIONS[kind];
  const own = FEATURES.filter((feature) => feature !== "embeddings");

  test.each(own.filter((feature) => features.includes(feature)))("carries %s, as its entry says", async (feature) => {
    const [body, trace] = USES[feature];
    const { answer, sent } = await send(kind, body);
    expect(answer).toMatchObject({ kind: "answer", finishReason: "stop" });
    expect(sent).toMatch(trace);
  });

  test.each(own.filter((feature) => !features.includes(feature)))(
    "refuses or leaves out %s, as its entry says",
    async (feature) => {
      if (IN_VAIN.has(`${kind} ${feature}`)) return;
      const [body, trace] = USES[feature];
      const { answer, sent } = await send(kind, body);
      if (answer.kind === "failure") expect(answer.failure.kind).toBe("unsupported");
      else expect(sent).not.toMatch(trace);
    },
  );

  test.each(hinted)("carries the hint %s only if its entry says so", async (hint) => {
    const [body, trace] = HINTED[hint];
    const { answer, sent } = await send(kind, body);
    expect(answer.kind).toBe("answer");
    if (hints.includes(hint)) expect(sent).toMatch(trace);
    else expect(sent).not.toMatch(trace);
  });
});
