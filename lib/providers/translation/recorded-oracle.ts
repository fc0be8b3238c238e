import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { TranslationKind } from "../registry/entry.ts";
import type { RecordedAnswer } from "./recorded-answer.ts";
import { readGemini } from "./recorded-gemini.ts";

// biome-ignore lint/suspicious/noExplicitAny: the shape of files and answers that are not ours.
type Json = any;

/** One recorded call to a real provider, as its bytes went over the network. */
export interface Recording {
  name: string;
  kind: TranslationKind;
  model: string;
  status: number;
  isStream: boolean;
  headers: Record<string, string>;
  body: Buffer;
  /** The JSON of the body, or of each event of the stream. */
  json: Json[];
}

const APIS: readonly [provider: string, api: string, kind: TranslationKind][] = [
  ["gemini", "gemini_generate", "google"],
  ["vertexai", "gemini_generate", "google-vertex"],
  ["bedrock", "bedrock_converse", "amazon-bedrock"],
  ["cohere", "cohere_chat", "cohere"],
  ["anthropic", "anthropic_messages", "anthropic"],
];

export function readRecordings(folder: string): Recording[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .flatMap((file) => {
      const one: Json = JSON.parse(readFileSync(path.join(folder, file), "utf8"));
      const known = APIS.find(([provider, api]) => one.provider === provider && one.api === api);
      // Cohere's first API is another one.
      const isOurs = known !== undefined && !one.request.url.includes("cohere.com/v1/");
      return isOurs ? [toRecording(file.slice(0, -5), known[2], one)] : [];
    });
}

/** One file of the recordings, as an exchange with a provider of a kind. */
export function toRecording(name: string, kind: TranslationKind, { request, response }: Json): Recording {
  const isStream = response.body_base64 !== undefined || response.sse_text !== undefined;
  const text = response.sse_text ?? (typeof response.body === "string" ? response.body : JSON.stringify(response.body));
  const inUrl = /\/models?\/([^/:]+)/.exec(decodeURIComponent(request.url))?.[1];
  const fromUrl = kind === "amazon-bedrock" ? /\/model\/(.+)\//.exec(decodeURIComponent(request.url))?.[1] : inUrl;
  return {
    name,
    kind,
    model: fromUrl ?? request.body.model,
    status: response.status,
    isStream,
    headers: Object.fromEntries(
      Object.entries(response.headers ?? {}).map(([header, value]) => [header.toLowerCase(), String(value)]),
    ),
    body: response.body_base64 === undefined ? Buffer.from(text) : Buffer.from(response.body_base64, "base64"),
    json: readJson(response, text),
  };
}

function readJson(response: Json, text: string): Json[] {
  if (response.eventstream_events !== undefined) {
    return response.eventstream_events.map(({ headers, payload }: Json) => ({ [headers[":event-type"]]: payload }));
  }
  if (response.sse_text === undefined) return [JSON.parse(text)];
  return text
    .split(/\r?\n/)
    .filter((line) => line.startsWith("data:"))
    .map((line) => line.slice(5).trim())
    .filter((data) => data !== "" && data !== "[DONE]")
    .map((data) => JSON.parse(data));
}

/** The answer of a recording with a 200. */
export function readAnswer(recording: Recording): RecordedAnswer {
  return READERS[recording.kind]?.(recording.json, recording.isStream) as RecordedAnswer;
}

const READERS: Partial<Record<TranslationKind, (json: Json[], isStream: boolean) => RecordedAnswer>> = {
  google: readGemini,
  "google-vertex": readGemini,
  "amazon-bedrock": (json, isStream) => (isStream ? readConverseStream(json) : readConverse(json[0])),
  cohere: (json, isStream) => (isStream ? readCohereStream(json) : readCohere(json[0])),
  anthropic: (json, isStream) => (isStream ? readClaudeStream(json) : readClaude(json[0])),
};

const CONVERSE_ENDS: Record<string, string> = {
  end_turn: "stop",
  stop_sequence: "stop",
  max_tokens: "length",
  tool_use: "tool_calls",
  content_filtered: "content_filter",
  guardrail_intervened: "content_filter",
};

function readConverse({ output, stopReason, usage }: Json): RecordedAnswer {
  const blocks: Json[] = output.message.content;
  return {
    text: blocks.map(({ text, citationsContent }) => text ?? citedText(citationsContent)).join(""),
    toolCalls: blocks
      .filter(({ toolUse }) => toolUse !== undefined)
      .map(({ toolUse }) => ({ id: toolUse.toolUseId, name: toolUse.name, input: toolUse.input })),
    finishReason: CONVERSE_ENDS[stopReason] ?? "stop",
    usage: readConverseUsage(usage),
  };
}

function citedText(cited: Json): string {
  return cited?.content?.map(({ text }: Json) => text ?? "").join("") ?? "";
}

function readConverseUsage(usage: Json): RecordedAnswer["usage"] {
  const { inputTokens, outputTokens, cacheReadInputTokens = 0, cacheWriteInputTokens = 0 } = usage;
  const all = inputTokens + cacheReadInputTokens + cacheWriteInputTokens;
  return { inputTokens: all, outputTokens, cachedInputTokens: cacheReadInputTokens };
}

function readConverseStream(events: Json[]): RecordedAnswer {
  const pick = (name: string) => events.map((event) => event[name]).filter((one) => one !== undefined);
  const deltas = pick("contentBlockDelta");
  const calls = pick("contentBlockStart").filter(({ start }) => start?.toolUse !== undefined);
  return {
    text: deltas.map(({ delta }) => delta.text ?? "").join(""),
    toolCalls: calls.map(({ start: { toolUse }, contentBlockIndex }) => {
      const own = deltas.filter((one) => one.contentBlockIndex === contentBlockIndex);
      const input = own.map(({ delta }) => delta.toolUse?.input ?? "").join("");
      return { id: toolUse.toolUseId, name: toolUse.name, input: JSON.parse(input || "{}") };
    }),
    finishReason: CONVERSE_ENDS[pick("messageStop")[0].stopReason] ?? "stop",
    // Some recordings end before it.
    usage: pick("metadata")[0] === undefined ? null : readConverseUsage(pick("metadata")[0].usage),
  };
}

const COHERE_ENDS: Record<string, string> = {
  COMPLETE: "stop",
  STOP_SEQUENCE: "stop",
  MAX_TOKENS: "length",
  TOOL_CALL: "tool_calls",
};

function readCohere({ message, finish_reason, usage }: Json): RecordedAnswer {
  return {
    text: (message.content ?? []).map(({ text }: Json) => text ?? "").join(""),
    toolCalls: (message.tool_calls ?? []).map((call: Json) => ({
      id: call.id,
      name: call.function.name,
      input: JSON.parse(call.function.arguments) ?? {},
    })),
    finishReason: COHERE_ENDS[finish_reason] ?? "stop",
    usage: readCohereUsage(usage),
  };
}

function readCohereUsage({ tokens, cached_tokens }: Json): RecordedAnswer["usage"] {
  return {
    inputTokens: tokens.input_tokens,
    outputTokens: tokens.output_tokens,
    cachedInputTokens: cached_tokens ?? 0,
  };
}

function readCohereStream(events: Json[]): RecordedAnswer {
  const of = (type: string) => events.filter((event) => event.type === type);
  const calls = of("tool-call-start").map(({ index, delta }) => ({ index, call: delta.message.tool_calls }));
  const end = of("message-end")[0].delta;
  return {
    text: of("content-delta")
      .map(({ delta }) => delta.message.content.text ?? "")
      .join(""),
    toolCalls: calls.map(({ index, call }) => {
      const own = of("tool-call-delta").filter((event) => event.index === index);
      const pieces = own.map(({ delta }) => delta.message.tool_calls.function.arguments);
      const input = [call.function.arguments, ...pieces].join("");
      return { id: call.id, name: call.function.name, input: JSON.parse(input || "{}") ?? {} };
    }),
    finishReason: COHERE_ENDS[end.finish_reason] ?? "stop",
    usage: readCohereUsage(end.usage),
  };
}

const CLAUDE_ENDS: Record<string, string> = {
  end_turn: "stop",
  stop_sequence: "stop",
  pause_turn: "stop",
  max_tokens: "length",
  model_context_window_exceeded: "length",
  tool_use: "tool_calls",
  refusal: "content_filter",
};

function readClaude({ content, stop_reason, usage }: Json): RecordedAnswer {
  return {
    text: content.map(({ type, text }: Json) => (type === "text" ? text : "")).join(""),
    toolCalls: content
      .filter(({ type }: Json) => type === "tool_use")
      .map(({ id, name, input }: Json) => ({ id, name, input })),
    finishReason: CLAUDE_ENDS[stop_reason] ?? "stop",
    usage: readClaudeUsage(usage),
  };
}

export function readClaudeUsage(all: Json): NonNullable<RecordedAnswer["usage"]> {
  // Where a conversation was summed up on the way, what that took is in its own part alone.
  const compactions = all.iterations?.filter(({ type }: Json) => type === "compaction") ?? [];
  return [all, ...compactions].map(readOneUsage).reduce(addUsage);
}

function addUsage(one: NonNullable<RecordedAnswer["usage"]>, other: NonNullable<RecordedAnswer["usage"]>) {
  return {
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    cachedInputTokens: one.cachedInputTokens + other.cachedInputTokens,
  };
}

function readOneUsage(usage: Json): NonNullable<RecordedAnswer["usage"]> {
  const cached = usage.cache_read_input_tokens ?? 0;
  return {
    inputTokens: usage.input_tokens + cached + (usage.cache_creation_input_tokens ?? 0),
    outputTokens: usage.output_tokens,
    cachedInputTokens: cached,
  };
}

function readClaudeStream(events: Json[]): RecordedAnswer {
  const of = (type: string) => events.filter((event) => event.type === type);
  const start = of("message_start")[0].message;
  const end = of("message_delta").at(-1);
  const content = of("content_block_start").map(({ index, content_block: block }) => {
    const deltas = of("content_block_delta").filter((event) => event.index === index);
    const text = [block.text ?? "", ...deltas.map(({ delta }) => delta.text ?? "")].join("");
    const input = deltas.map(({ delta }) => delta.partial_json ?? "").join("");
    return { ...block, text, input: input === "" ? block.input : JSON.parse(input) };
  });
  return readClaude({ content, stop_reason: end.delta.stop_reason, usage: { ...start.usage, ...end.usage } });
}
