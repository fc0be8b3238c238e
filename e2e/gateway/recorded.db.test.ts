import { isDeepStrictEqual } from "node:util";
import { APIError } from "openai";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readEventData } from "#e2e/support/event-stream.ts";
import { type GatewayUnderTest, openGateway } from "#e2e/support/gateway.ts";
import { type RecordedAnswer, type Recording, readAnswer, readRecordings } from "#e2e/support/recordings.ts";
import { type Cut, replay } from "#e2e/support/replay.ts";
import type { InvocationDetailDto } from "#lib/services/invocations/schemas.ts";

const folder = process.env.RECORDED_DIR;
if (folder === undefined) console.log("Skipped: the recorded exchanges, because RECORDED_DIR is unset.");

/** By their names in the recordings; ours where it is another. */
const PROVIDERS = [
  ["openai", "openai"],
  ["groq", "groq"],
  ["azure", "azure-openai"],
  ["deepseek", "deepseek"],
  ["openrouter", "openrouter"],
  ["mistral", "mistral"],
  ["vllm", "vllm"],
] as const;

/** Recordings whose tokens are not compared, each with its reason. Everything else about them is. */
const WITHOUT_TOKENS: Record<string, string> = {
  "pydanticai__openrouter__chat_stream__test-openrouter-stream-error__0":
    "OpenRouter reports usage after an error inside the stream: with the error we stop reading.",
};

/** What the gateway makes of each status that a provider refuses with: its own status and code, and the attempt's kind. */
const REFUSALS: Record<number, [status: number, code: string, kind: string]> = {
  400: [400, "invalid_request", "invalid-request"],
  404: [502, "all_targets_failed", "bad-response"],
  429: [429, "rate_limit_exceeded", "rate-limited"],
};

interface Seen {
  response: Response;
  /** Raw, as it came over the wire. */
  text: string;
  /** What the client made of it: the answer, or its chunks. */
  client: unknown[];
  error: APIError | null;
}

describe.skipIf(folder === undefined)("recorded exchanges through the gateway", () => {
  let gateway: GatewayUnderTest;
  const table: string[] = ["provider        whole      byte-cut"];

  beforeAll(async () => {
    gateway = await openGateway("node");
  });
  afterAll(async () => {
    console.log(table.join("\n"));
    await gateway?.close();
  });

  test.each(PROVIDERS)(
    "every exchange with %s is answered and recorded as its provider did",
    async (name, provider) => {
      const recordings = readRecordings(folder as string, name);
      expect(recordings.length).toBeGreaterThan(0);
      const problems: string[] = [];
      const figures: string[] = [];
      for (const cut of ["whole", "byte"] as const) {
        const found = await run(provider, recordings, cut);
        figures.push(`${recordings.length - new Set(found.map(([one]) => one)).size}/${recordings.length}`);
        problems.push(...found.map(([one, problem]) => `${one.name} (${cut}): ${problem}`));
      }
      table.push(`${provider.padEnd(16)}${figures.map((figure) => figure.padEnd(11)).join("")}`);
      expect(problems).toEqual([]);
    },
    300_000,
  );

  /** All calls first, then their records: the ledger is written in their order, so that only the last is waited for. */
  async function run(provider: string, recordings: readonly Recording[], cut: Cut): Promise<[Recording, string][]> {
    const called: [Recording, RecordedAnswer, Seen][] = [];
    const found: [Recording, string][] = [];
    for (const recording of recordings) {
      gateway.upstream.reset();
      gateway.upstream.on(provider, replay(recording, cut));
      const seen = await call(provider, recording);
      const recorded = readAnswer(recording);
      const problems = [...checkRequest(provider, recording), ...checkAnswer(provider, recording, recorded, seen)];
      found.push(...problems.map((problem): [Recording, string] => [recording, problem]));
      if (problems.length === 0) called.push([recording, recorded, seen]);
    }
    for (const [recording, recorded, { response }] of called.toReversed()) {
      const record = await gateway.invocation(response.headers.get("x-switchyard-invocation-id"));
      for (const problem of checkRecord(record, recording, recorded)) found.push([recording, problem]);
    }
    return found;
  }

  /** Through the official client, with what went over the wire beside what it made of it. */
  async function call(provider: string, { request, model }: Recording): Promise<Seen> {
    const wire: { response?: Response; text: string } = { text: "" };
    const watch: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      wire.response = response;
      const decoder = new TextDecoder();
      const tap = new TransformStream<Uint8Array, Uint8Array>({
        transform(piece, controller) {
          wire.text += decoder.decode(piece, { stream: true });
          controller.enqueue(piece);
        },
      });
      return new Response(response.body?.pipeThrough(tap) ?? null, response);
    };
    const client = gateway.client({ fetch: watch });
    const items: unknown[] = [];
    let error: APIError | null = null;
    try {
      const answer: unknown = await client.chat.completions.create({
        ...request,
        model: `${provider}/${model}`,
      } as never);
      if (request.stream === true) for await (const one of answer as AsyncIterable<unknown>) items.push(one);
      else items.push(answer);
    } catch (thrown) {
      if (!(thrown instanceof APIError)) throw thrown;
      error = thrown;
    }
    if (wire.response === undefined) throw error ?? new Error("Nothing was sent.");
    return { response: wire.response, text: wire.text, client: items, error };
  }

  function checkRequest(provider: string, { request, model }: Recording): string[] {
    const asksForUsage = request.stream === true && provider !== "mistral";
    const options = asksForUsage && { stream_options: { ...(request.stream_options as object), include_usage: true } };
    const problems: string[] = [];
    const [sent, ...more] = gateway.upstream.calls;
    if (more.length > 0) problems.push(`${more.length + 1} calls upstream`);
    compare(problems, "request upstream", sent?.body, { ...request, model, ...options });
    return problems;
  }
});

function checkAnswer(provider: string, recording: Recording, recorded: RecordedAnswer, seen: Seen): string[] {
  const problems: string[] = [];
  const { response, text, client, error } = seen;
  if (!recording.isStream) {
    if (recorded.error !== null) return checkRefusal(recording, recorded.error.message, seen);
    compare(problems, "status", response.status, 200);
    compare(problems, "body", JSON.parse(text), recorded.json[0]);
    compare(problems, "client's answer", plain(client[0]), recorded.json[0]);
    return problems;
  }
  const isUsageHidden =
    provider !== "mistral" && (recording.request.stream_options as { include_usage?: unknown })?.include_usage !== true;
  const expected = isUsageHidden ? recorded.json.flatMap(hideUsage) : recorded.json;
  const data = readEventData(text);
  const end = data.pop();
  compare(problems, "status", response.status, 200);
  compare(
    problems,
    "events",
    data.map((one) => JSON.parse(one)),
    expected,
  );
  compare(problems, "client's chunks", client.map(plain), expected);
  if (recorded.error === null) {
    compare(problems, "end", end, "[DONE]");
    if (error !== null) problems.push(`the client threw ${error.message}`);
  } else {
    // One error event with the provider's words, and no [DONE]: the client throws.
    const message: unknown = JSON.parse(end ?? "{}").error?.message;
    if (!String(message).includes(recorded.error.message)) problems.push(`the last event says ${message}`);
    if (error?.message.includes(recorded.error.message) !== true) problems.push(`the client threw ${error?.message}`);
  }
  return problems;
}

function checkRefusal(recording: Recording, message: string, { response, text, error }: Seen): string[] {
  const problems: string[] = [];
  const body = JSON.parse(text).error;
  const [status, code] = refusalOf(recording, readAnswer(recording));
  compare(problems, "status", response.status, status);
  compare(problems, "code", body.code, code);
  compare(problems, "client's status", error?.status, status);
  compare(problems, "x-should-retry", response.headers.get("x-should-retry"), status === 429 ? null : "false");
  if (!String(body.message).includes(message)) problems.push(`the message is ${body.message}`);
  return problems;
}

function checkRecord(record: InvocationDetailDto, recording: Recording, recorded: RecordedAnswer): string[] {
  const problems: string[] = [];
  const { tokens, status, kind } = expectRecord(recording, recorded);
  for (const [field, count] of Object.entries({
    ...(recording.name in WITHOUT_TOKENS ? {} : tokens),
    status,
    attemptCount: 1,
  })) {
    compare(problems, `the ledger's ${field}`, record[field as keyof InvocationDetailDto], count);
  }
  compare(problems, "the attempt's kind", record.attempts[0]?.failureKind, kind);
  return problems;
}

function refusalOf({ status }: Recording, { error }: RecordedAnswer) {
  // Azure refuses a prompt with a 200 whose body is an error.
  if (error?.code === "content_filter") return [400, "content_filter", "content-filtered"] as const;
  return REFUSALS[status] ?? ([0, `no expectation for ${status}`, ""] as const);
}

function expectRecord(recording: Recording, recorded: RecordedAnswer) {
  const none = { inputTokens: null, outputTokens: null, cachedInputTokens: null, reasoningTokens: null };
  const tokens = recorded.usage ?? none;
  if (recorded.error === null) return { tokens, status: "succeeded", kind: null };
  // Errors inside streams say themselves what they would have been: here always a 400.
  const kind = recording.isStream ? "invalid-request" : refusalOf(recording, recorded)[2];
  return { tokens, status: "failed", kind };
}

/** The chunk without usage; nothing where usage was all it had. */
function hideUsage(chunk: unknown): unknown[] {
  const { usage, ...rest } = chunk as { usage?: unknown; choices?: unknown[] };
  return usage != null && rest.choices?.length === 0 ? [] : [rest];
}

/** Without what the client adds: properties that do not show, such as the request id. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null));
}

function compare(problems: string[], what: string, seen: unknown, expected: unknown): void {
  if (isDeepStrictEqual(seen, expected)) return;
  problems.push(
    `${what}: ${JSON.stringify(seen)?.slice(0, 300)} instead of ${JSON.stringify(expected)?.slice(0, 300)}`,
  );
}
