import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import type { ProviderAnswer, ProviderRequest, StreamEvent } from "#lib/gateway/ports.ts";
import { ANTHROPIC_COUNT_TOKENS_WIRE, ANTHROPIC_MESSAGES_WIRE } from "#lib/gateway/wires/anthropic-messages/index.ts";
import { exchange } from "../exchange.ts";
import type { ProviderEntry } from "../registry/entry.ts";
import { findProviderEntry } from "../registry/index.ts";
import type { Transport, UpstreamRequest } from "../transport.ts";
import { ANTHROPIC_COUNT_TOKENS, ANTHROPIC_MESSAGES } from "./index.ts";

const folder = process.env.RECORDED_DIR;
if (folder === undefined) console.log("Skipped: Anthropic's recorded exchanges, because RECORDED_DIR is unset.");

// biome-ignore lint/suspicious/noExplicitAny: the shape of files that are not ours.
type Json = any;

interface Recording {
  name: string;
  isCount: boolean;
  request: Record<string, unknown>;
  status: number;
  body: Buffer;
  isStream: boolean;
}

const PIECES = { whole: Number.POSITIVE_INFINITY, byte: 1 };

const FINISH_REASONS: Record<string, string> = {
  end_turn: "stop",
  stop_sequence: "stop",
  max_tokens: "length",
  tool_use: "tool-calls",
};

/** What becomes of a refusal, by its recorded status. */
const FAILURES: Record<number, string> = { 400: "invalid-request", 404: "bad-response" };

describe.skipIf(folder === undefined)("exchanges recorded with Anthropic", () => {
  const recordings = folder === undefined ? [] : readRecordings(folder);

  test("every request is read, and goes to Anthropic as it came", async () => {
    const problems: string[] = [];
    for (const { name, isCount, request } of recordings) {
      const wire = isCount ? ANTHROPIC_COUNT_TOKENS_WIRE : ANTHROPIC_MESSAGES_WIRE;
      try {
        const parsed = wire.parse(Buffer.from(JSON.stringify(request)));
        if (!isDeepStrictEqual(parsed.body, request)) problems.push(`${name}: the body differs`);
      } catch (error) {
        problems.push(`${name}: ${(error as Error).message}`);
      }
    }
    report("requests read", recordings.length, problems);
    expect(recordings.length).toBeGreaterThan(0);
    expect(problems).toEqual([]);
  });

  test.each(Object.entries(PIECES))(
    "every answer passes as it is, with its end and its counts: in %s pieces",
    async (cut, length) => {
      const problems: string[] = [];
      for (const recording of recordings) {
        const sent: UpstreamRequest[] = [];
        const answer = await exchange(
          replay(recording, length, sent),
          ACCOUNT,
          toRequest(recording),
          readerOf(recording),
        );
        const found = [...checkSent(recording, sent), ...(await checkAnswer(recording, answer))];
        problems.push(...found.map((problem) => `${recording.name}: ${problem}`));
      }
      report(`answers, ${cut}`, recordings.length, problems);
      expect(problems).toEqual([]);
    },
  );
});

function report(what: string, total: number, problems: readonly string[]): void {
  const failed = new Set(problems.map((problem) => problem.split(":")[0])).size;
  console.log(`Anthropic, ${what}: ${total - failed}/${total}`);
}

const ACCOUNT = {
  entry: findProviderEntry("anthropic") as ProviderEntry,
  baseUrl: "https://anthropic.example/v1",
  fields: { apiKey: "secret" },
};

function readRecordings(from: string): Recording[] {
  return readdirSync(from)
    .filter((file) => file.endsWith(".json"))
    .map((file): [string, Json] => [file.slice(0, -5), JSON.parse(readFileSync(path.join(from, file), "utf8"))])
    .filter(
      ([, { provider, api }]) => provider === "anthropic" && (api === "anthropic_messages" || api === "count_tokens"),
    )
    .map(([name, { api, request, response }]) => {
      const body = response.sse_text ?? response.body;
      return {
        name,
        isCount: api === "count_tokens",
        request: request.body,
        status: response.status,
        body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
        isStream: response.sse_text !== undefined,
      };
    });
}

const readerOf = ({ isCount }: Recording) => (isCount ? ANTHROPIC_COUNT_TOKENS : ANTHROPIC_MESSAGES);

function toRequest({ isCount, request, isStream }: Recording): ProviderRequest {
  return {
    connection: { id: "c" } as ProviderRequest["connection"],
    model: String(request.model),
    tenantId: "t",
    functionSlug: null,
    wire: isCount ? "anthropic-count-tokens" : "anthropic-messages",
    via: "native",
    body: request,
    source: JSON.stringify(request, null, 1),
    edits: {},
    passHeaders: {},
    isStream,
    signal: new AbortController().signal,
  };
}

function replay({ status, body, isStream }: Recording, pieceLength: number, sent: UpstreamRequest[]): Transport {
  return {
    async post(request) {
      sent.push(request);
      return {
        status,
        header: (name) => (name === "content-type" ? (isStream ? "text/event-stream" : "application/json") : undefined),
        readBody: async () => body,
        async *stream() {
          const step = Math.min(pieceLength, body.length);
          for (let at = 0; at < body.length; at += step) yield body.subarray(at, at + step);
        },
      };
    },
    async close() {},
  };
}

function checkSent({ request }: Recording, sent: readonly UpstreamRequest[]): string[] {
  const problems: string[] = [];
  compare(problems, "request", JSON.parse(sent[0]?.body ?? "null"), request);
  return problems;
}

async function checkAnswer(recording: Recording, answer: ProviderAnswer): Promise<string[]> {
  const problems: string[] = [];
  const { status, body, isCount, isStream } = recording;
  if (status !== 200) {
    const { error } = JSON.parse(body.toString());
    const failure = answer.kind === "failure" ? answer.failure : null;
    compare(problems, "failure", [failure?.kind, failure?.message], [FAILURES[status], error.message]);
    return problems;
  }
  if (isStream) {
    if (answer.kind !== "stream") return [`a ${answer.kind}`];
    const events: StreamEvent[] = [];
    for await (const event of answer.events) events.push(event);
    return checkEvents(body.toString(), events);
  }
  if (answer.kind !== "answer") return [`a ${answer.kind}`];
  if (answer.body !== body) problems.push("other bytes");
  const message = JSON.parse(body.toString());
  compare(problems, "finish reason", answer.finishReason, isCount ? null : FINISH_REASONS[message.stop_reason]);
  compare(problems, "usage", answer.usage, isCount ? null : expectUsage(message.usage));
  return problems;
}

function checkEvents(text: string, events: readonly StreamEvent[]): string[] {
  const problems: string[] = [];
  const written = events.map(({ sse }) => `event: ${sse?.event}\ndata: ${sse?.data}\n\n`).join("");
  compare(problems, "bytes", written.trimEnd(), text.trimEnd());
  const said: Json[] = [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data as string));
  const start = said.find(({ type }) => type === "message_start").message;
  const last = said.findLast(({ type }) => type === "message_delta");
  const deltas = said.filter(({ delta }) => delta?.type === "text_delta");
  const usage = { ...start.usage, ...last.usage };
  compare(problems, "text", events.map((event) => event.text).join(""), deltas.map(({ delta }) => delta.text).join(""));
  compare(problems, "usage", events.findLast((event) => event.usage !== null)?.usage, expectUsage(usage));
  const reasons = events.map(({ finishReason }) => finishReason).filter((reason) => reason !== null);
  compare(problems, "finish reason", reasons, [FINISH_REASONS[last.delta.stop_reason]]);
  compare(
    problems,
    "end",
    events.findIndex(({ isEnd }) => isEnd),
    events.length - 1,
  );
  const isMore = said.some(
    ({ content_block: block, index }) => block !== undefined && (block.type !== "text" || index > 0),
  );
  const open = events.slice(0, -3);
  compare(
    problems,
    "more than text",
    open.some(({ hasMoreThanText }) => hasMoreThanText),
    isMore,
  );
  return problems;
}

function expectUsage(usage: Json) {
  const cachedInputTokens = usage.cache_read_input_tokens ?? 0;
  const cacheWriteTokens = usage.cache_creation_input_tokens ?? 0;
  return {
    inputTokens: usage.input_tokens + cachedInputTokens + cacheWriteTokens,
    outputTokens: usage.output_tokens,
    cachedInputTokens,
    cacheWriteTokens,
    reasoningTokens: usage.output_tokens_details?.thinking_tokens ?? 0,
  };
}

function compare(problems: string[], what: string, seen: unknown, expected: unknown): void {
  if (isDeepStrictEqual(seen, expected)) return;
  problems.push(
    `${what} is ${JSON.stringify(seen)?.slice(0, 300)} instead of ${JSON.stringify(expected)?.slice(0, 300)}`,
  );
}
