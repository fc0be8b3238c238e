import { isDeepStrictEqual } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import type { Usage } from "#lib/gateway/contract/usage.ts";
import type { ProviderAnswer, StreamEvent } from "#lib/gateway/ports.ts";
import type { TranslationKind } from "../registry/entry.ts";
import { collect, fakeAccount, fakeRequest, fakeTransport } from "./fake-transport.ts";
import { OPENAI_CHAT_CODEC } from "./openai-chat/index.ts";
import type { RecordedAnswer } from "./recorded-answer.ts";
import { type Recording, readAnswer, readRecordings } from "./recorded-oracle.ts";
import { openTranslator } from "./translate.ts";

const folder = process.env.RECORDED_DIR;
if (folder === undefined) console.log("Skipped: the recorded answers of other wires, because RECORDED_DIR is unset.");

const KINDS = ["google", "google-vertex", "amazon-bedrock", "cohere", "anthropic"] as const;
const CUTS = { whole: undefined, byte: 1 } as const;

/** Recordings whose answer is not as recorded, each with its reason. */
const EXCEPTIONS: Record<string, string> = {
  "pydanticai__bedrock__chat__test-bedrock-media-kind-delivered-in-tool-result-mistral-document__0":
    "Mistral's models take ids of nine letters only: the library makes them, and knows them again in the next turn.",
  "pydanticai__bedrock__chat_stream__test-bedrock-model-code-execution-tool-stream__0":
    "A tool that Nova runs itself: no caller's wire can ask for it here, and the library does not read its results.",
};

describe.skipIf(folder === undefined)("recorded answers of other wires, for a caller of OpenAI's chat", () => {
  const recordings = folder === undefined ? [] : readRecordings(folder);
  const table = ["kind              whole      byte-cut   exceptions"];
  afterAll(() => console.log(table.join("\n")));

  test.each(KINDS)("every exchange with %s has its text, tool calls, end and usage", async (kind) => {
    const own = recordings.filter((one) => one.kind === kind);
    expect(own.length).toBeGreaterThan(0);
    const problems: string[] = [];
    const figures: string[] = [];
    for (const cut of ["whole", "byte"] as const) {
      const failed = new Set<string>();
      for (const recording of own) {
        for (const problem of await check(recording, cut)) {
          failed.add(recording.name);
          if (!(recording.name in EXCEPTIONS)) problems.push(`${recording.name} (${cut}): ${problem}`);
        }
      }
      figures.push(`${own.length - failed.size}/${own.length}`);
    }
    const excepted = own.filter(({ name }) => name in EXCEPTIONS).length;
    table.push(`${kind.padEnd(18)}${figures.map((figure) => figure.padEnd(11)).join("")}${excepted}`);
    expect(problems).toEqual([]);
  });

  test("at most one in a hundred is an exception, and each still is one", async () => {
    expect(Object.keys(EXCEPTIONS).length).toBeLessThanOrEqual(recordings.length / 100);
    for (const recording of recordings.filter(({ name }) => name in EXCEPTIONS)) {
      expect(await check(recording, "whole"), recording.name).not.toEqual([]);
    }
  });

  test.each(KINDS)("a stream of %s that is cut before its end is told never ends as a whole one", async (kind) => {
    const streams = recordings.filter((one) => one.kind === kind && one.isStream);
    expect(streams.length).toBeGreaterThan(0);
    for (const recording of streams) {
      // What a guardrail of Bedrock's found is told after that, and may be longer than the answer.
      const toldAt = recording.body.indexOf("messageStop");
      const half = recording.body.length / 2;
      const body = recording.body.subarray(0, toldAt < 0 ? half : Math.min(half, toldAt));
      const answer = await call({ ...recording, body }, "whole");
      const events = answer.kind === "stream" ? await collect(answer.events) : [];
      const failure = answer.kind === "failure" ? answer.failure : events.at(-1)?.failure;
      expect(failure, recording.name).toMatchObject({ kind: "stream-interrupted" });
      expect(events.some(({ isEnd }) => isEnd)).toBe(false);
    }
  });
});

async function check(recording: Recording, cut: keyof typeof CUTS): Promise<string[]> {
  const answer = await call(recording, cut);
  if (recording.status >= 400) return checkRefusal(recording, answer);
  if (answer.kind === "failure") return [`it failed: ${answer.failure.message}`];
  if (answer.kind === "answer") return checkWhole(recording, answer);
  return checkStream(recording, await collect(answer.events));
}

function call(recording: Recording, cut: keyof typeof CUTS): Promise<ProviderAnswer> {
  const { kind, model, isStream, status, headers, body } = recording;
  const transport = fakeTransport(() => ({
    status,
    headers: { ...headers, "content-type": isStream ? typeOfStream(kind) : "application/json" },
    body,
    ...(CUTS[cut] !== undefined && { pieceLength: CUTS[cut] }),
  }));
  const provider = openTranslator(fakeAccount(kind), transport, { "openai-chat": OPENAI_CHAT_CODEC });
  const options = { stream: true, stream_options: { include_usage: true } };
  const message = { role: "user", content: "Hi" };
  const request = { messages: [message], max_tokens: 100, ...(isStream && options) };
  return provider.call(fakeRequest({ model, isStream, body: request }));
}

function typeOfStream(kind: TranslationKind): string {
  return kind === "amazon-bedrock" ? "application/vnd.amazon.eventstream" : "text/event-stream";
}

function checkRefusal({ status, json }: Recording, answer: ProviderAnswer): string[] {
  if (answer.kind !== "failure") return [`a ${status} became an ${answer.kind}`];
  const problems: string[] = [];
  const [body] = json.flat();
  compare(problems, "status", answer.failure.httpStatus, status);
  compare(problems, "message", answer.failure.message, (body.error?.message ?? body.message).slice(0, 1_000));
  return problems;
}

// biome-ignore lint/suspicious/noExplicitAny: what a client would see.
type Json = any;

function checkWhole(recording: Recording, answer: Extract<ProviderAnswer, { kind: "answer" }>): string[] {
  const completion: Json = JSON.parse(new TextDecoder().decode(answer.body));
  const [choice] = completion.choices;
  const seen = { ...choice.message, finish_reason: choice.finish_reason, usage: completion.usage };
  return [...compareAnswer(readAnswer(recording), seen), ...compareUsage(readAnswer(recording), answer.usage)];
}

function checkStream(recording: Recording, events: readonly StreamEvent[]): string[] {
  const problems: string[] = [];
  const failure = events.find((event) => event.failure !== null)?.failure;
  if (failure) return [`it broke: ${failure.message}`];
  compare(problems, "end", events.at(-1), { ...events.at(-1), isEnd: true, sse: { event: null, data: "[DONE]" } });
  const chunks: Json[] = events.slice(0, -1).flatMap(({ sse }) => (sse === null ? [] : [JSON.parse(sse.data)]));
  compare(problems, "first role", chunks[0]?.choices[0].delta.role, "assistant");
  const seen: Json = { content: "", tool_calls: [] };
  for (const { choices, usage } of chunks) {
    if (usage !== null) seen.usage = usage;
    const { delta, finish_reason } = choices[0] ?? { delta: {} };
    seen.content += delta.content ?? "";
    if (finish_reason) seen.finish_reason = finish_reason;
    for (const { index, ...piece } of delta.tool_calls ?? []) {
      if (seen.tool_calls[index] === undefined) {
        seen.tool_calls[index] = { ...piece, function: { ...piece.function, arguments: "" } };
      }
      seen.tool_calls[index].function.arguments += piece.function?.arguments ?? "";
    }
  }
  compare(problems, "text of the events", events.map(({ text }) => text).join(""), seen.content);
  problems.push(...compareUsage(readAnswer(recording), events.find(({ usage }) => usage !== null)?.usage));
  return [...problems, ...compareAnswer(readAnswer(recording), seen)];
}

function compareAnswer(recorded: RecordedAnswer, seen: Json): string[] {
  const problems: string[] = [];
  const calls = (seen.tool_calls ?? []).map((call: Json, index: number) => ({
    // Where the provider names no call, any name does.
    id: recorded.toolCalls[index]?.id === null ? null : call.id,
    name: call.function.name,
    input: JSON.parse(call.function.arguments),
  }));
  compare(problems, "text", seen.content ?? "", recorded.text);
  compare(problems, "tool calls", calls, recorded.toolCalls);
  compare(problems, "finish reason", seen.finish_reason, recorded.finishReason);
  const { prompt_tokens, completion_tokens, prompt_tokens_details: details } = seen.usage ?? {};
  const usage = seen.usage && {
    inputTokens: prompt_tokens,
    outputTokens: completion_tokens,
    cachedInputTokens: details.cached_tokens,
  };
  compare(problems, "usage in the answer", usage ?? null, recorded.usage ?? null);
  return problems;
}

function compareUsage(
  { usage: recorded }: RecordedAnswer,
  usage: ProviderAnswer extends never ? never : Json,
): string[] {
  const problems: string[] = [];
  const seen =
    recorded && Object.fromEntries(Object.keys(recorded).map((field) => [field, usage?.[field as keyof Usage]]));
  compare(problems, "usage", seen ?? null, recorded ?? null);
  return problems;
}

function compare(problems: string[], what: string, seen: unknown, expected: unknown): void {
  if (isDeepStrictEqual(seen, expected)) return;
  problems.push(
    `${what}: ${JSON.stringify(seen)?.slice(0, 200)} instead of ${JSON.stringify(expected)?.slice(0, 200)}`,
  );
}
