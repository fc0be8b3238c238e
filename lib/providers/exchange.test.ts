import { describe, expect, test } from "vitest";
import { makeConnection } from "#e2e/isolation/support/gateway.ts";
import type { ProviderAnswer, ProviderRequest, StreamEvent } from "#lib/gateway/ports.ts";
import type { ProviderAccount } from "./account.ts";
import { exchange } from "./exchange.ts";
import { OPENAI_CHAT } from "./openai-chat/index.ts";
import { findProviderEntry, type ProviderEntry } from "./registry/index.ts";
import { resolveAccount } from "./registry/resolve-account.ts";
import type { Transport, UpstreamRequest } from "./transport.ts";

const KEY = "sk-very-secret";
const account = resolveAccount(findProviderEntry("openai") as ProviderEntry, { apiKey: KEY })
  .account as ProviderAccount;

interface Upstream {
  status?: number;
  headers?: Record<string, string>;
  pieces?: readonly string[];
  /** Comes instead of an answer, or after the pieces of a stream. */
  fault?: Error;
}

function transportOf(
  { status = 200, headers = {}, pieces = [], fault }: Upstream,
  seen: UpstreamRequest[] = [],
): Transport {
  return {
    async post(request) {
      seen.push(request);
      if (fault !== undefined && pieces.length === 0) throw fault;
      return {
        status,
        header: (name) => headers[name],
        readBody: async () => Buffer.from(pieces.join("")),
        async *stream() {
          for (const piece of pieces) yield Buffer.from(piece);
          if (fault !== undefined) throw fault;
        },
      };
    },
    close: async () => {},
  };
}

const SOURCE = '{"messages":[]}';

function request(part: Partial<ProviderRequest> = {}): ProviderRequest {
  return {
    connection: makeConnection("openai"),
    model: "gpt",
    tenantId: "t",
    functionSlug: null,
    wire: "openai-chat",
    via: "native",
    body: JSON.parse(SOURCE),
    source: SOURCE,
    edits: {},
    passHeaders: {},
    isStream: false,
    signal: new AbortController().signal,
    ...part,
  };
}

const send = (upstream: Upstream, part?: Partial<ProviderRequest>) =>
  exchange(transportOf(upstream), account, request(part), OPENAI_CHAT);
const COMPLETION = '{"choices":[{"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":1}}';
const STREAM = { isStream: true };
const EVENTS = { "content-type": "text/event-stream" };

async function eventsOf(answer: ProviderAnswer): Promise<StreamEvent[]> {
  if (answer.kind !== "stream") throw new Error(answer.kind);
  const events: StreamEvent[] = [];
  for await (const event of answer.events) events.push(event);
  return events;
}

test("a whole answer is the provider's own bytes, with its own id", async () => {
  const answer = await send({ pieces: [COMPLETION], headers: { "x-request-id": "r-1" } });
  expect(answer).toMatchObject({ kind: "answer", finishReason: "stop", providerRequestId: "r-1" });
  expect(answer.kind === "answer" && Buffer.from(answer.body).toString()).toBe(COMPLETION);
});

test("a stream is the provider's own events", async () => {
  const answer = await send({ headers: EVENTS, pieces: ['data: {"choices":[]}\n\n', "data: [DONE]\n\n"] }, STREAM);
  expect((await eventsOf(answer)).map(({ sse }) => sse?.data)).toEqual(['{"choices":[]}', "[DONE]"]);
});

test.each(["request-id", "apim-request-id"])("the provider's id is found in %s, too", async (name) => {
  expect((await send({ pieces: [COMPLETION], headers: { [name]: "r-2" } })).providerRequestId).toBe("r-2");
});

describe("a 200 that is no answer is a bad response", () => {
  const HTML = "<!doctype html><h1>Welcome</h1>";
  test.each<[string, Upstream]>([
    ["HTML", { pieces: [HTML], headers: { "content-type": "text/html" } }],
    ["HTML that says it is JSON", { pieces: [HTML], headers: { "content-type": "application/json" } }],
    ["nothing", { pieces: [""] }],
    ["half of one", { pieces: [COMPLETION.slice(0, 30)] }],
    ["another thing", { pieces: ['{"hello":"world"}'] }],
  ])("%s", async (_, upstream) => {
    expect(await send(upstream)).toMatchObject({ kind: "failure", failure: { kind: "bad-response", httpStatus: 200 } });
  });

  test.each<[string, Upstream]>([
    ["HTML", { pieces: [HTML], headers: { "content-type": "text/html; charset=utf-8" } }],
    ["a whole answer", { pieces: [COMPLETION], headers: { "content-type": "application/json" } }],
    ["nothing", { pieces: [""], headers: { "content-type": "application/json" } }],
  ])("%s where a stream was asked for", async (_, upstream) => {
    expect(await send(upstream, STREAM)).toMatchObject({ kind: "failure", failure: { kind: "bad-response" } });
  });

  test("an error where a stream was asked for keeps its own words", async () => {
    const error = { message: "Slow down.", type: "rate_limit_error" };
    const upstream = { pieces: [JSON.stringify({ error })], headers: { "content-type": "application/json" } };
    expect(await send(upstream, STREAM)).toMatchObject({
      failure: { kind: "rate-limited", message: "Slow down." },
    });
  });
});

test("an event stream that does not say that it is one is read all the same", async () => {
  const answer = await send({ pieces: ["data: [DONE]\n\n"], headers: { "content-type": "text/plain" } }, STREAM);
  expect((await eventsOf(answer)).at(-1)?.isEnd).toBe(true);
});

test.each([false, true])("an error status is its failure, with the wait it asks for (stream: %s)", async (isStream) => {
  const body = JSON.stringify({ error: { message: "Slow down." } });
  const headers = { "retry-after": "7", "x-request-id": "r-3" };
  expect(await send({ status: 429, pieces: [body], headers }, { isStream })).toMatchObject({
    kind: "failure",
    failure: { kind: "rate-limited", httpStatus: 429, message: "Slow down.", retryAfterMs: 7_000 },
    providerRequestId: "r-3",
  });
});

describe("what the network does is a failure, never an exception", () => {
  const reset = Object.assign(new Error("read ECONNRESET 10.0.0.7:443"), { code: "ECONNRESET" });

  test("before an answer", async () => {
    const answer = await send({ fault: reset });
    expect(answer).toMatchObject({ kind: "failure", failure: { kind: "network", code: "ECONNRESET" } });
    expect(JSON.stringify(answer)).not.toContain("10.0.0.7");
  });

  test("inside a stream", async () => {
    const pieces = ['data: {"choices":[]}\n\n'];
    const events = await eventsOf(await send({ headers: EVENTS, pieces, fault: reset }, STREAM));
    expect(events.map(({ failure }) => failure?.kind)).toEqual([undefined, "stream-interrupted"]);
  });

  test("once the caller has gone is the caller's doing", async () => {
    const answer = await send({ fault: reset }, { signal: AbortSignal.abort() });
    expect(answer).toMatchObject({ failure: { kind: "client-aborted" } });
  });
});

describe("a provider that repeats the key that it refuses", () => {
  const error = { message: `Incorrect API key: ${KEY}.`, code: `bad ${KEY}`, param: KEY };

  test("in its answer", async () => {
    const answer = await send({ status: 401, pieces: [JSON.stringify({ error })] });
    expect(answer).toMatchObject({ failure: { kind: "provider-auth", message: "Incorrect API key: [key]." } });
    expect(JSON.stringify(answer)).not.toContain(KEY);
  });

  test("in its stream", async () => {
    const pieces = [`data: ${JSON.stringify({ error })}\n\n`];
    const events = await eventsOf(await send({ headers: EVENTS, pieces }, STREAM));
    expect(events[0]?.failure?.message).toBe("Incorrect API key: [key].");
    expect(JSON.stringify(events)).not.toContain(KEY);
  });
});

test("what is sent is what the wire builds", async () => {
  const seen: UpstreamRequest[] = [];
  await exchange(transportOf({ pieces: [COMPLETION] }, seen), account, request(), OPENAI_CHAT);
  expect(seen).toMatchObject([
    {
      url: "https://api.openai.com/v1/chat/completions",
      headers: { authorization: `Bearer ${KEY}` },
      body: '{"model":"gpt","messages":[]}',
      isStream: false,
    },
  ]);
});
