import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import Anthropic from "@anthropic-ai/sdk";
import { afterAll, describe, expect, test } from "vitest";
import type { WireBody } from "#lib/gateway/contract/wire.ts";
import type { ProviderAnswer } from "#lib/gateway/ports.ts";
import { ANTHROPIC_MESSAGES_WIRE } from "#lib/gateway/wires/anthropic-messages/index.ts";
import type { TranslationKind } from "../../registry/entry.ts";
import { FAKE_ANSWERS } from "../fake-answers.ts";
import { collect, fakeAccount, fakeRequest, fakeTransport } from "../fake-transport.ts";
import { type Recording, readAnswer, readRecordings } from "../recorded-oracle.ts";
import { openTranslator } from "../translate.ts";
import { ANTHROPIC_MESSAGES_CODEC } from "./index.ts";

const folder = process.env.RECORDED_DIR;
if (folder === undefined) console.log("Skipped: recorded answers as messages, because RECORDED_DIR is unset.");

// biome-ignore lint/suspicious/noExplicitAny: the shape of files that are not ours.
type Json = any;

const KINDS = ["google", "google-vertex", "amazon-bedrock", "cohere", "anthropic"] as const;
const CUTS = { whole: undefined, byte: 1 } as const;
type Cut = keyof typeof CUTS;

/** Recordings whose answer is not as recorded, each with its reason. */
const EXCEPTIONS: Record<string, string> = {
  "pydanticai__bedrock__chat__test-bedrock-media-kind-delivered-in-tool-result-mistral-document__0":
    "Mistral's models take ids of nine letters only: the library makes them, and knows them again in the next turn.",
  "pydanticai__bedrock__chat_stream__test-bedrock-model-code-execution-tool-stream__0":
    "A tool that Nova runs itself: no caller's wire can ask for it here, and the library does not read its results.",
};

describe.skipIf(folder === undefined)("recorded answers, for a caller of Anthropic's Messages", () => {
  const recordings = folder === undefined ? [] : readRecordings(folder).filter(({ status }) => status === 200);
  const table = ["kind              whole      byte-cut   exceptions"];
  afterAll(() => console.log(table.join("\n")));

  test.each(KINDS)("of %s have their text, tool calls, end and usage", { timeout: 120_000 }, async (kind) => {
    const own = recordings.filter((one) => one.kind === kind);
    expect(own.length).toBeGreaterThan(0);
    const problems: string[] = [];
    const figures: string[] = [];
    for (const cut of Object.keys(CUTS) as Cut[]) {
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
});

const THINKING = { thinking: { type: "adaptive" } };

async function check(recording: Recording, cut: Cut): Promise<string[]> {
  const { kind, model, isStream, status, headers, body } = recording;
  const type = kind === "amazon-bedrock" ? "application/vnd.amazon.eventstream" : "text/event-stream";
  const transport = fakeTransport(() => ({
    status,
    headers: { ...headers, "content-type": isStream ? type : "application/json" },
    body,
    ...(CUTS[cut] !== undefined && { pieceLength: CUTS[cut] }),
  }));
  const request = { messages: [{ role: "user", content: "Hi" }], max_tokens: 100, stream: isStream };
  const answer = await send(kind, model, { ...request, ...(kind === "anthropic" && THINKING) }, transport);
  if (answer.kind === "failure") return [`it failed: ${answer.failure.message}`];
  if (answer.kind === "answer") return compareAnswer(recording, JSON.parse(new TextDecoder().decode(answer.body)));
  const events = await collect(answer.events);
  const failure = events.find((event) => event.failure !== null)?.failure;
  if (failure) return [`it broke: ${failure.message}`];
  const sse = events.map(({ sse }) => (sse === null ? "" : `event: ${sse.event}\ndata: ${sse.data}\n\n`)).join("");
  const text = events.map((event) => event.text).join("");
  const problems = text === readAnswer(recording).text ? [] : [`text of the events: ${text.slice(0, 200)}`];
  if (events.at(-1)?.isEnd !== true) problems.push("no end");
  return [...problems, ...compareAnswer(recording, await accumulate(sse))];
}

function send(
  kind: TranslationKind,
  model: string,
  body: WireBody,
  transport: ReturnType<typeof fakeTransport>,
): Promise<ProviderAnswer> {
  const provider = openTranslator(fakeAccount(kind), transport, { "anthropic-messages": ANTHROPIC_MESSAGES_CODEC });
  return provider.call(fakeRequest({ wire: "anthropic-messages", model, isStream: body.stream === true, body }));
}

/** What the official client makes of a stream. */
async function accumulate(sse: string): Promise<Json> {
  const fetch = async () => new Response(sse, { headers: { "content-type": "text/event-stream" } });
  const client = new Anthropic({ apiKey: "k", fetch });
  return client.messages
    .stream({ model: "m", max_tokens: 9, messages: [{ role: "user", content: "Hi" }] })
    .finalMessage();
}

const ENDS: Record<string, string[]> = {
  stop: ["end_turn", "stop_sequence", "pause_turn"],
  length: ["max_tokens", "model_context_window_exceeded"],
  tool_calls: ["tool_use"],
  content_filter: ["refusal"],
};

function compareAnswer(recording: Recording, message: Json): string[] {
  const recorded = readAnswer(recording);
  const problems: string[] = [];
  const blocks: Json[] = message.content;
  const texts = blocks.filter(({ type }) => type === "text");
  const calls = blocks
    .filter(({ type }) => type === "tool_use")
    .map(({ id, name, input }, index) => ({ id: recorded.toolCalls[index]?.id === null ? null : id, name, input }));
  compare(problems, "text", texts.map(({ text }) => text).join(""), recorded.text);
  compare(problems, "tool calls", calls, recorded.toolCalls);
  if (!ENDS[recorded.finishReason]?.includes(message.stop_reason)) problems.push(`stop reason ${message.stop_reason}`);
  const { input_tokens, cache_read_input_tokens, cache_creation_input_tokens, output_tokens } = message.usage;
  const usage = {
    inputTokens: input_tokens + cache_read_input_tokens + cache_creation_input_tokens,
    outputTokens: output_tokens,
    cachedInputTokens: cache_read_input_tokens,
  };
  // A count that the provider did not give is 0 in a message, which has no word for it.
  compare(problems, "usage", usage, recorded.usage ?? { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0 });
  if (recording.kind === "anthropic") compareThoughts(problems, recording, blocks);
  return problems;
}

/** Thoughts and their signatures must come back to the letter: Anthropic checks them. */
function compareThoughts(problems: string[], { json, isStream }: Recording, blocks: Json[]): void {
  const pick = ({ thinking, signature, data }: Json) => ({ thinking, signature, data });
  const isThought = ({ type }: Json) => type === "thinking" || type === "redacted_thinking";
  if (!isStream) {
    compare(problems, "thoughts", blocks.filter(isThought).map(pick), json[0].content.filter(isThought).map(pick));
    return;
  }
  const deltas = json.filter(({ delta }) => delta?.type === "thinking_delta" || delta?.type === "signature_delta");
  const thoughts = json.filter(({ content_block: block }) => block !== undefined && isThought(block));
  const recorded = thoughts.map(({ content_block: block, index }) => {
    if (block.type === "redacted_thinking") return pick(block);
    const own = deltas.filter((one) => one.index === index).map(({ delta }) => delta);
    const thinking = own.map((delta) => delta.thinking ?? "").join("");
    return { thinking, signature: own.map((delta) => delta.signature ?? "").join(""), data: undefined };
  });
  compare(problems, "thoughts", blocks.filter(isThought).map(pick), recorded);
}

/** Requests that do not come out as they went in, each with its reason. */
const OTHERWISE_SAID: Record<string, string> = {
  "pydanticai__anthropic__chat__test-text-plain-document-anthropic__1":
    "A text in a file in a tool's result: the library takes it as a text only.",
};

/** What a library would leave out without a word is refused before. */
const REFUSED: Partial<Record<TranslationKind, RegExp>> = { cohere: /`strict`/ };

describe.skipIf(folder === undefined)("recorded requests", () => {
  const requests = folder === undefined ? [] : readRequests(folder);

  test("say the same to Claude by way of the library", async () => {
    const problems: string[] = [];
    for (const [name, body] of requests) {
      const transport = fakeTransport(() => ({ body: FAKE_ANSWERS.anthropic.whole }));
      const answer = await send("anthropic", String(body.model), { ...body, stream: false }, transport);
      if (answer.kind === "failure") problems.push(`${name}: ${answer.failure.message}`);
      else if (!(name in OTHERWISE_SAID))
        compare(problems, name, normalize(JSON.parse(transport.sent[0]?.body ?? "{}")), normalize(body));
    }
    const same = requests.filter(([name]) => !(name in OTHERWISE_SAID)).length - problems.length;
    console.log(`Requests to Claude through the library: ${same}/${requests.length}`);
    expect(requests.length).toBeGreaterThan(0);
    expect(problems).toEqual([]);
  });

  test.each(KINDS)("can be said to %s", async (kind) => {
    const problems: string[] = [];
    for (const [name, body] of requests) {
      try {
        ANTHROPIC_MESSAGES_CODEC.toCallOptions(body, { kind, model: "a-model" });
      } catch (error) {
        const { message } = error as Error;
        if (REFUSED[kind]?.test(message) !== true) problems.push(`${name}: ${message}`);
      }
    }
    expect(problems).toEqual([]);
  });
});

/** Requests of which a translation has to carry everything. */
function readRequests(from: string): [string, WireBody][] {
  return readdirSync(from)
    .filter((file) => file.endsWith(".json"))
    .map((file): [string, Json] => [file.slice(0, -5), JSON.parse(readFileSync(path.join(from, file), "utf8"))])
    .filter(([, { provider, api }]) => provider === "anthropic" && api === "anthropic_messages")
    .map(([file, { request }]): [string, WireBody] => [file, request.body])
    .filter(([, body]) => {
      const { needs } = ANTHROPIC_MESSAGES_WIRE.parse(Buffer.from(JSON.stringify(body)));
      return needs.every(({ feature }) => feature !== "other");
    });
}

/** What two requests that say the same have in common. */
function normalize(body: Json): Json {
  const { messages, system, tools, output_config: output, output_format: older, tool_choice: choice, ...rest } = body;
  const format = output?.format ?? older;
  const plain = JSON.parse(JSON.stringify(rest));
  delete plain.stream;
  delete plain.cache_control;
  return {
    ...plain,
    system: toBlocks(system ?? []).map(withoutMark),
    messages: messages.map(({ role, content }: Json) => ({ role, content: toBlocks(content).map(normalizeBlock) })),
    tools: (tools ?? []).map(({ name, description, input_schema, strict }: Json) => ({
      name,
      description,
      input_schema,
      strict,
    })),
    choice: choice?.type ?? "auto",
    schema: format?.schema,
    effort: output?.effort,
  };
}

function normalizeBlock(block: Json): Json {
  if (block.type !== "tool_result") return withoutMark(block);
  const content = toBlocks(block.content ?? "");
  const texts = content.filter(({ type }: Json) => type === "text").map(({ text }: Json) => text);
  const files = content.filter(({ type }: Json) => type !== "text");
  return { ...withoutMark(block), content: [texts.join("\n"), ...files], is_error: block.is_error === true };
}

function withoutMark({ cache_control: _, ...block }: Json): Json {
  return block;
}

function toBlocks(content: Json): Json {
  return typeof content === "string" ? [{ type: "text", text: content }] : content;
}

function compare(problems: string[], what: string, seen: unknown, expected: unknown): void {
  if (isDeepStrictEqual(seen, expected)) return;
  problems.push(
    `${what}: ${JSON.stringify(seen)?.slice(0, 900)} instead of ${JSON.stringify(expected)?.slice(0, 900)}`,
  );
}
