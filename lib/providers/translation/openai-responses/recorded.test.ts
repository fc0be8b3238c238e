import { isDeepStrictEqual } from "node:util";
import OpenAI from "openai";
import type { Response } from "openai/resources/responses/responses";
import { afterAll, describe, expect, test } from "vitest";
import type { ProviderAnswer } from "#lib/gateway/ports.ts";
import { collect, fakeAccount, fakeRequest, fakeTransport } from "../fake-transport.ts";
import { type Recording, readAnswer, readRecordings } from "../recorded-oracle.ts";
import { openTranslator } from "../translate.ts";
import { OPENAI_RESPONSES_CODEC } from "./index.ts";

const folder = process.env.RECORDED_DIR;
if (folder === undefined) {
  console.log("Skipped: the recorded answers of other wires for callers of Responses, because RECORDED_DIR is unset.");
}

const KINDS = ["google", "google-vertex", "amazon-bedrock", "cohere", "anthropic"] as const;

/** Recordings whose answer is not as recorded, each with its reason. */
const EXCEPTIONS: Record<string, string> = {
  "pydanticai__bedrock__chat__test-bedrock-media-kind-delivered-in-tool-result-mistral-document__0":
    "Mistral's models take ids of nine letters only: the library makes them, and knows them again in the next turn.",
  "pydanticai__bedrock__chat_stream__test-bedrock-model-code-execution-tool-stream__0":
    "A tool that Nova runs itself: no caller's wire can ask for it here, and the library does not read its results.",
};

describe.skipIf(folder === undefined)("recorded answers of other wires, as the official client reads them", () => {
  const recordings = folder === undefined ? [] : readRecordings(folder).filter(({ status }) => status === 200);
  const table = ["kind              as recorded"];
  afterAll(() => console.log([...table, ...Object.entries(EXCEPTIONS).map((one) => one.join(": "))].join("\n")));

  test.each(KINDS)("every answer of %s has its text, tool calls, end and usage", async (kind) => {
    const own = recordings.filter((one) => one.kind === kind);
    expect(own.length).toBeGreaterThan(0);
    const problems: string[] = [];
    let failed = 0;
    for (const recording of own) {
      const found = await check(recording);
      if (found.length > 0) failed += 1;
      if (!(recording.name in EXCEPTIONS)) problems.push(...found.map((problem) => `${recording.name}: ${problem}`));
    }
    table.push(`${kind.padEnd(18)}${own.length - failed}/${own.length}`);
    expect(problems).toEqual([]);
  });
});

async function check(recording: Recording): Promise<string[]> {
  const answer = await call(recording);
  if (answer.kind === "failure") return [`it failed: ${answer.failure.message}`];
  const seen = answer.kind === "answer" ? JSON.parse(new TextDecoder().decode(answer.body)) : await readStream(answer);
  return typeof seen === "string" ? [seen] : compareAnswer(recording, seen);
}

function call({ kind, model, isStream, headers, body }: Recording): Promise<ProviderAnswer> {
  const ofStream = kind === "amazon-bedrock" ? "application/vnd.amazon.eventstream" : "text/event-stream";
  const type = isStream ? ofStream : "application/json";
  const transport = fakeTransport(() => ({ headers: { ...headers, "content-type": type }, body, pieceLength: 7 }));
  const provider = openTranslator(fakeAccount(kind), transport, { "openai-responses": OPENAI_RESPONSES_CODEC });
  const request = { input: "Hi", max_output_tokens: 100, stream: isStream };
  return provider.call(fakeRequest({ wire: "openai-responses", model, isStream, body: request }));
}

/** What the official client collects from the stream, or what went wrong. */
async function readStream({ events }: Extract<ProviderAnswer, { kind: "stream" }>): Promise<Response | string> {
  const all = await collect(events);
  const failure = all.find((event) => event.failure !== null)?.failure;
  if (failure) return `it broke: ${failure.message}`;
  if (all.at(-1)?.isEnd !== true) return "it has no end";
  const body = all.map(({ sse }) => (sse === null ? "" : `event: ${sse.event}\ndata: ${sse.data}\n\n`)).join("");
  const headers = { "content-type": "text/event-stream" };
  const client = new OpenAI({ apiKey: "sy_test", fetch: async () => new globalThis.Response(body, { headers }) });
  const stream = client.responses.stream({ model: "m", input: "Hi" });
  let collected = "";
  stream.on("response.output_text.delta", ({ delta }) => {
    collected += delta;
  });
  const final = await stream.finalResponse();
  return collected === final.output_text ? final : "its pieces are not its text";
}

function compareAnswer(recording: Recording, { output, status, incomplete_details: cut, usage }: Response): string[] {
  const problems: string[] = [];
  const recorded = readAnswer(recording);
  const texts = output.flatMap((item) => (item.type === "message" ? item.content : []));
  const calls = output.filter((item) => item.type === "function_call");
  const seenCalls = calls.map(({ call_id, name, arguments: input }, index) => ({
    // Where the provider names no call, any name does.
    id: recorded.toolCalls[index]?.id === null ? null : call_id,
    name,
    input: JSON.parse(input),
  }));
  const ends: Record<string, string> = { length: "max_output_tokens", content_filter: "content_filter" };
  const end = ends[recorded.finishReason];
  compare(
    problems,
    "text",
    texts.map((part) => (part.type === "output_text" ? part.text : "")).join(""),
    recorded.text,
  );
  compare(problems, "calls", seenCalls, recorded.toolCalls);
  compare(problems, "status", status, end === undefined ? "completed" : "incomplete");
  compare(problems, "end", cut?.reason, end);
  const counts = usage && {
    inputTokens: usage.input_tokens,
    outputTokens: usage.output_tokens,
    cachedInputTokens: usage.input_tokens_details.cached_tokens,
  };
  compare(problems, "usage", counts ?? null, recorded.usage ?? null);
  return problems;
}

function compare(problems: string[], what: string, seen: unknown, expected: unknown): void {
  if (isDeepStrictEqual(seen, expected)) return;
  problems.push(
    `${what}: ${JSON.stringify(seen)?.slice(0, 200)} instead of ${JSON.stringify(expected)?.slice(0, 200)}`,
  );
}
