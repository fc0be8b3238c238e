import { expect, test } from "vitest";
import { makeConnection } from "#e2e/isolation/support/gateway.ts";
import type { WireBody, WireId } from "#lib/gateway/contract/wire.ts";
import { chooseWay } from "#lib/gateway/routing/choose-way.ts";
import { readHints as readMessagesHints } from "#lib/gateway/wires/anthropic-messages/read-hints.ts";
import { readHints as readChatHints } from "#lib/gateway/wires/openai-chat/read-hints.ts";
import { readHints as readResponsesHints } from "#lib/gateway/wires/openai-responses/read-hints.ts";
import { TRANSLATION_KINDS, type TranslationKind } from "../registry/entry.ts";
import { ANTHROPIC_MESSAGES_CODEC } from "./anthropic-messages/index.ts";
import { writeSignature } from "./anthropic-messages/thought-seal.ts";
import { FAKE_ANSWERS } from "./fake-answers.ts";
import { fakeAccount, fakeRequest, fakeTransport } from "./fake-transport.ts";
import { TRANSLATIONS } from "./features.ts";
import { OPENAI_CHAT_CODEC } from "./openai-chat/index.ts";
import { OPENAI_RESPONSES_CODEC } from "./openai-responses/index.ts";
import { keepThought } from "./openai-responses/kept-thought.ts";
import { openTranslator } from "./translate.ts";

const CODECS = {
  "openai-chat": OPENAI_CHAT_CODEC,
  "openai-responses": OPENAI_RESPONSES_CODEC,
  "anthropic-messages": ANTHROPIC_MESSAGES_CODEC,
};
const READERS = {
  "openai-chat": readChatHints,
  "openai-responses": readResponsesHints,
  "anthropic-messages": readMessagesHints,
} as Readonly<Record<string, (body: never) => ReturnType<typeof readChatHints>>>;

const MODEL = "a-model";
const SEAL = "U0VBTDQ3MTE=";
const THOUGHT = /EARLIER|U0VBTDQ3MTE=/;

const chat = (fields: object) => ({
  messages: [
    { role: "user", content: "Hi" },
    { role: "assistant", content: "Hello", ...fields },
    { role: "user", content: "Go on" },
  ],
});
const detail = (format: string, fields: object) => chat({ reasoning_details: [{ format, ...fields }] });
const sealedCall = {
  id: "call_1",
  type: "function",
  function: { name: "f", arguments: "{}" },
  extra_content: { google: { thought_signature: SEAL } },
};
const messages = (block: object) => ({
  max_tokens: 100,
  messages: [
    { role: "user", content: "Hi" },
    { role: "assistant", content: [block, { type: "text", text: "Hello" }] },
    { role: "user", content: "Go on" },
  ],
});
const thinking = (signature?: string) => messages({ type: "thinking", thinking: "EARLIER", signature });
const responses = (encrypted_content: string | null) => ({
  input: [
    { role: "user", content: "Hi" },
    { type: "reasoning", id: "rs_1", summary: [{ type: "summary_text", text: "EARLIER" }], encrypted_content },
    { role: "assistant", content: "Hello" },
    { role: "user", content: "Go on" },
  ],
});
const kept = (by: "anthropic" | "google" | "openai" | null, model = "another") =>
  responses(
    keepThought({ model, seal: by === null ? null : { by, value: SEAL, isRedacted: false, id: null }, callId: null }),
  );
const target = (model: string) => ({ kind: "openai-compatible" as const, model });

const GIVEN_BACK: readonly [what: string, wire: WireId, body: WireBody][] = [
  ["a text", "openai-chat", chat({ reasoning_content: "EARLIER" })],
  ["a text in OpenRouter's field", "openai-chat", chat({ reasoning: "EARLIER" })],
  ["a text among the details", "openai-chat", detail("", { type: "reasoning.text", text: "EARLIER" })],
  [
    "Claude's",
    "openai-chat",
    detail("anthropic-claude-v1", { type: "reasoning.text", text: "EARLIER", signature: SEAL }),
  ],
  ["Claude's, redacted", "openai-chat", detail("anthropic-claude-v1", { type: "reasoning.encrypted", data: SEAL })],
  ["OpenAI's", "openai-chat", detail("openai-responses-v1", { type: "reasoning.encrypted", data: SEAL, id: "rs_1" })],
  ["an unknown one's", "openai-chat", detail("xai-responses-v1", { type: "reasoning.encrypted", data: SEAL })],
  [
    "Gemini's, on a call",
    "openai-chat",
    {
      tools: [{ type: "function", function: { name: "f", parameters: { type: "object", properties: {} } } }],
      messages: [
        { role: "user", content: "Hi" },
        { role: "assistant", content: null, tool_calls: [sealedCall] },
        { role: "tool", tool_call_id: "call_1", content: "done" },
      ],
    },
  ],
  ["Claude's", "anthropic-messages", thinking(SEAL)],
  ["Claude's, redacted", "anthropic-messages", messages({ type: "redacted_thinking", data: SEAL })],
  ["one without a signature", "anthropic-messages", thinking()],
  [
    "Gemini's",
    "anthropic-messages",
    thinking(writeSignature({ google: { thoughtSignature: SEAL } }, target("gemini"))),
  ],
  ["this model's own", "anthropic-messages", thinking(writeSignature(undefined, target(MODEL)))],
  ["another model's", "anthropic-messages", thinking(writeSignature(undefined, target("another")))],
  ["one that was tampered with", "anthropic-messages", thinking("sy1.!!!")],
  ["what OpenAI encrypted", "openai-responses", responses("gAAAAABo")],
  ["what nobody encrypted", "openai-responses", responses(null)],
  ["Claude's", "openai-responses", kept("anthropic")],
  ["Gemini's", "openai-responses", kept("google")],
  ["OpenAI's", "openai-responses", kept("openai")],
  ["this model's own", "openai-responses", kept(null, MODEL)],
  ["another model's", "openai-responses", kept(null)],
];

async function send(kind: TranslationKind, wire: WireId, body: WireBody): Promise<string> {
  const transport = fakeTransport(() => ({ body: FAKE_ANSWERS[kind].whole }));
  const provider = openTranslator(fakeAccount(kind), transport, CODECS);
  const answer = await provider.call(fakeRequest({ wire, model: MODEL, body }));
  expect(answer.kind).toBe("answer");
  return transport.sent[0]?.body ?? "";
}

function leavesOut(kind: TranslationKind, wire: WireId, body: WireBody): readonly string[] {
  const connection = makeConnection("acme", { wires: [], translation: TRANSLATIONS[kind] });
  const hints = (READERS[wire] as (typeof READERS)[string])(body as never);
  const way = chooseWay(connection, { modelId: MODEL, known: null }, { wire, needs: [], hints });
  return way.kind === "none" ? [] : way.leavesOut;
}

test.each(GIVEN_BACK)("%s, given back over %s, is named wherever it does not arrive", async (_, wire, body) => {
  for (const kind of TRANSLATION_KINDS) {
    const arrives = THOUGHT.test(await send(kind, wire, body));
    expect([kind, leavesOut(kind, wire, body)]).toEqual([kind, arrives ? [] : ["earlier-reasoning"]]);
  }
});

test.each(TRANSLATION_KINDS)("%s is told that a tool failed, or the caller that it was not", async (kind) => {
  const failed = (fields: object) => ({
    max_tokens: 100,
    tools: [{ name: "f", input_schema: { type: "object", properties: {} } }],
    messages: [
      { role: "user", content: "Hi" },
      { role: "assistant", content: [{ type: "tool_use", id: "toolu_1", name: "f", input: {} }] },
      { role: "user", content: [{ type: "tool_result", tool_use_id: "toolu_1", content: "BROKEN", ...fields }] },
    ],
  });
  const [told, bare] = [failed({ is_error: true }), failed({})];
  const arrives = (await send(kind, "anthropic-messages", told)) !== (await send(kind, "anthropic-messages", bare));
  expect(leavesOut(kind, "anthropic-messages", told)).toEqual(arrives ? [] : ["tool-errors"]);
  expect(leavesOut(kind, "anthropic-messages", bare)).toEqual([]);
});
