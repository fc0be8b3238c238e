import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import type { Connection } from "#lib/gateway/contract/snapshot.ts";
import type { ProviderAnswer, ProviderRequest, StreamEvent } from "#lib/gateway/ports.ts";
import { OPENAI_RESPONSES_WIRE } from "#lib/gateway/wires/openai-responses/index.ts";
import type { ProviderAccount } from "../account.ts";
import { exchange } from "../exchange.ts";
import { findProviderEntry } from "../registry/index.ts";
import type { Transport, UpstreamRequest } from "../transport.ts";
import { OPENAI_RESPONSES } from "./index.ts";

const folder = process.env.RECORDED_DIR;
if (folder === undefined) console.log("Skipped: recorded Responses exchanges, because RECORDED_DIR is unset.");

/** Why a recorded call is none of this wire's; null: it is one. */
function readException({ url, method, body }: Json): string | null {
  if (method === "GET") return "looks up a background response";
  if (/input_tokens$/.test(url)) return "only counts tokens";
  return body.background === true ? "asks for a background response" : null;
}

const PIECES = { whole: Number.POSITIVE_INFINITY, byte: 1 } as const;

// biome-ignore lint/suspicious/noExplicitAny: the shape of files that are not ours.
type Json = any;

interface Recording {
  name: string;
  provider: string;
  exception: string | null;
  request: Record<string, unknown>;
  status: number;
  body: Uint8Array;
  /** Each event's name and data, when it was a stream. */
  events: { event: string | null; data: string }[] | null;
}

const all = folder === undefined ? [] : readRecordings(folder);
const exceptions = all.filter(({ exception }) => exception !== null);
const recordings = all.filter(({ exception }) => exception === null);
const providers = [...new Set(recordings.map(({ provider }) => provider))];

describe.skipIf(folder === undefined)("recorded exchanges over the Responses wire", () => {
  const listed = exceptions.map(({ name, exception }) => `not served: ${name} (${exception})`);
  const table = ["provider            whole    byte-cut"];
  afterAll(() => console.log([...table, ...listed].join("\n")));

  test("there are some", () =>
    expect(providers).toEqual(expect.arrayContaining(["openai", "azure", "deepseek", "bedrock"])));

  test("a recorded background response is refused before any provider is asked", () => {
    const bodies = exceptions.map(({ request }) => request).filter((body) => body?.background === true);
    expect(bodies.length).toBeGreaterThan(0);
    for (const body of bodies) {
      const parse = () => OPENAI_RESPONSES_WIRE.parse(new TextEncoder().encode(JSON.stringify(body)));
      expect(parse).toThrow("`background` is not served");
    }
  });

  test.each(providers)("every exchange with %s passes as it was", async (provider) => {
    const own = recordings.filter((one) => one.provider === provider);
    const problems: string[] = [];
    const figures: string[] = [];
    for (const cut of ["whole", "byte"] as const) {
      const found = await Promise.all(own.map(async (one) => [one, await check(one, PIECES[cut])] as const));
      figures.push(`${found.filter(([, list]) => list.length === 0).length}/${own.length}`);
      problems.push(...found.flatMap(([{ name }, list]) => list.map((problem) => `${name} (${cut}): ${problem}`)));
    }
    table.push(`${provider.padEnd(20)}${figures.map((figure) => figure.padEnd(9)).join("")}`);
    expect(problems).toEqual([]);
  });
});

async function check(recording: Recording, pieceLength: number): Promise<string[]> {
  const problems: string[] = [];
  const source = JSON.stringify(recording.request);
  const parsed = OPENAI_RESPONSES_WIRE.parse(new TextEncoder().encode(source));
  const { answer, sent } = await call(recording, { ...parsed, model: "a-model" }, pieceLength);
  compare(problems, "request", JSON.parse(sent?.body ?? "null"), { ...recording.request, model: "a-model" });
  if (recording.status !== 200) return [...problems, ...checkRefusal(recording, answer)];
  return [
    ...problems,
    ...(recording.events === null ? checkWhole(recording, answer) : await checkStream(recording, answer)),
  ];
}

function checkRefusal({ body }: Recording, answer: ProviderAnswer): string[] {
  const problems: string[] = [];
  const { message }: { message: string } = JSON.parse(Buffer.from(body).toString()).error;
  compare(problems, "kind", answer.kind, "failure");
  if (answer.kind === "failure") compare(problems, "message", answer.failure.message, message);
  return problems;
}

function checkWhole({ body }: Recording, answer: ProviderAnswer): string[] {
  if (answer.kind !== "answer") return [`${answer.kind}: ${JSON.stringify(answer)}`];
  const problems: string[] = [];
  compare(problems, "body", Buffer.from(answer.body).toString(), Buffer.from(body).toString());
  compareEnd(problems, JSON.parse(Buffer.from(body).toString()), answer);
  return problems;
}

async function checkStream({ events }: Recording, answer: ProviderAnswer): Promise<string[]> {
  if (answer.kind !== "stream") return [`${answer.kind}: ${JSON.stringify(answer)}`];
  const problems: string[] = [];
  const seen: StreamEvent[] = [];
  for await (const event of answer.events) seen.push(event);
  compare(
    problems,
    "events",
    seen.map(({ sse }) => sse),
    events,
  );
  const end = seen.find(({ isEnd }) => isEnd);
  if (end === undefined) return [...problems, "no end"];
  const json: Json[] = (events ?? []).filter(({ data }) => data !== "[DONE]").map(({ data }) => JSON.parse(data));
  compareEnd(problems, json.findLast(({ response }) => response !== undefined).response, end);
  const texts = json.filter(({ type }) => type === "response.output_text.delta").map(({ delta }) => delta);
  compare(problems, "text", seen.map(({ text }) => text).join(""), texts.join(""));
  return problems;
}

/** The oracle: what the response itself says. */
function compareEnd(
  problems: string[],
  response: Json,
  { usage, finishReason }: Pick<StreamEvent, "usage" | "finishReason">,
) {
  const waits = response.output.some(({ type, execution }: Json) => type === "function_call" || execution === "client");
  compare(problems, "finish reason", finishReason, waits ? "tool-calls" : "stop");
  const { input_tokens, output_tokens, input_tokens_details, output_tokens_details } = response.usage;
  // What it charged is compared where the ledger has it.
  const { chargedNanoUsd: _, ...tokens } = usage ?? {};
  compare(problems, "usage", usage && tokens, {
    inputTokens: input_tokens,
    outputTokens: output_tokens,
    cachedInputTokens: input_tokens_details?.cached_tokens ?? 0,
    cacheWriteTokens: input_tokens_details?.cache_write_tokens ?? 0,
    reasoningTokens: output_tokens_details?.reasoning_tokens ?? 0,
  });
}

async function call(recording: Recording, parsed: object, pieceLength: number) {
  const account = { entry: findProviderEntry("openai"), baseUrl: "https://provider.example", fields: {} };
  const request = { ...parsed, edits: {}, wire: "openai-responses", via: "native", connection: {} as Connection };
  const signal = new AbortController().signal;
  let sent: UpstreamRequest | null = null;
  const { body, status, events } = recording;
  const transport: Transport = {
    async post(one) {
      sent = one;
      return {
        status,
        header: (name) => (name === "content-type" && events !== null ? "text/event-stream" : undefined),
        readBody: async () => body,
        async *stream() {
          for (let at = 0; at < body.length; at += pieceLength) yield body.subarray(at, at + pieceLength);
        },
      };
    },
    async close() {},
  };
  const answer = await exchange(
    transport,
    account as unknown as ProviderAccount,
    { ...request, signal } as unknown as ProviderRequest,
    OPENAI_RESPONSES,
  );
  return { answer, sent: sent as UpstreamRequest | null };
}

function readRecordings(from: string): Recording[] {
  return readdirSync(from)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file): Json => ({ name: file.slice(0, -5), ...JSON.parse(readFileSync(path.join(from, file), "utf8")) }))
    .filter(({ api }) => api === "responses")
    .map(({ name, provider, request, response }) => {
      const body = response.sse_text ?? response.body;
      return {
        name,
        provider,
        exception: readException(request),
        request: request.body,
        status: response.status,
        body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
        events: response.sse_text === undefined ? null : readEvents(response.sse_text),
      };
    });
}

/** The stream as the recording's text says it, line by line. */
function readEvents(text: string): { event: string | null; data: string }[] {
  const field = (block: string, name: string) => new RegExp(`^${name}: ?(.*)$`, "m").exec(block)?.[1] ?? null;
  return text
    .split(/\r?\n\r?\n/)
    .map((block) => ({ event: field(block, "event"), data: field(block, "data") }))
    .filter((one): one is { event: string | null; data: string } => one.data !== null);
}

function compare(problems: string[], what: string, seen: unknown, expected: unknown): void {
  if (isDeepStrictEqual(seen, expected)) return;
  problems.push(
    `${what}: ${JSON.stringify(seen)?.slice(0, 300)} instead of ${JSON.stringify(expected)?.slice(0, 300)}`,
  );
}
