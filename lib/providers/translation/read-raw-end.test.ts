import { expect, test } from "vitest";
import type { FinishReason } from "#lib/gateway/contract/wire.ts";
import { TRANSLATION_KINDS, type TranslationKind } from "../registry/entry.ts";
import { readRawEnd } from "./read-raw-end.ts";

const chat = (finish_reason: unknown) => ({ choices: [{ finish_reason }] });
const gemini = (finishReason: unknown) => ({ candidates: [{ finishReason }] });
const incomplete = (reason: unknown) => ({ type: "response.incomplete", response: { incomplete_details: { reason } } });

test.each<[TranslationKind, object, FinishReason | null]>([
  ["openai-compatible", chat("length"), "length"],
  ["openai-compatible", chat(null), null],
  ["openai-compatible", chat("error"), null],
  ["openai-responses", { type: "response.completed" }, "stop"],
  ["openai-responses", { type: "response.failed" }, null],
  ["azure-openai", incomplete("max_output_tokens"), "length"],
  ["azure-openai", incomplete("content_filter"), "content-filter"],
  ["anthropic", { type: "message_delta", delta: { stop_reason: "tool_use" } }, "tool-calls"],
  ["anthropic", { type: "message_start", message: { stop_reason: null } }, null],
  ["google", gemini("MAX_TOKENS"), "length"],
  ["google", gemini("OTHER"), null],
  ["google-vertex", gemini("SAFETY"), "content-filter"],
  ["amazon-bedrock", { messageStop: { stopReason: "guardrail_intervened" } }, "content-filter"],
  ["cohere", { type: "message-end", delta: { finish_reason: "TOOL_CALL" } }, "tool-calls"],
  ["cohere", { type: "message-end", delta: { finish_reason: "ERROR" } }, null],
])("an event of %s tells its answer's end, or none: %j", (kind, raw, end) => {
  expect(readRawEnd(kind, raw)).toBe(end);
});

test.each(TRANSLATION_KINDS)("an event of %s may be anything", (kind) => {
  for (const raw of [undefined, null, 7, "stop", [], {}, { delta: null, choices: null, candidates: [null], type: 7 }]) {
    expect(readRawEnd(kind, raw)).toBeNull();
  }
});
