import { beforeEach, describe, expect, test } from "vitest";
import { makeEvent, makeFailure, makePrincipal, makeSnapshot, makeUsage } from "#e2e/isolation/support/gateway.ts";
import type { GatewayCall, GatewayReply } from "./contract/call.ts";
import type { InvocationRecord } from "./contract/invocation.ts";
import { GatewayError } from "./errors.ts";
import { createGateway } from "./gateway.ts";
import type { GatewayPorts, ProviderAnswer } from "./ports.ts";

const ID = "0190a000-0000-7000-8000-0000000000ff";
const flat = (nanoUsdPerMillion: bigint) => ({ nanoUsdPerMillion, above: [] });
const PRICE = {
  validFrom: null,
  input: flat(10n ** 9n),
  output: flat(2n * 10n ** 9n),
  cachedInput: null,
  cacheWrite: null,
};

let records: InvocationRecord[];
let faults: unknown[];
let answer: () => Promise<ProviderAnswer>;

beforeEach(() => {
  records = [];
  faults = [];
  answer = async () => whole;
});

const whole: ProviderAnswer = {
  kind: "answer",
  body: new TextEncoder().encode('{"ok":true}'),
  usage: makeUsage(10, 5),
  finishReason: "stop",
  providerRequestId: "r-1",
};

/** A gateway whose every look at the clock is a millisecond later. */
function gatewayWith(part: Partial<GatewayPorts> = {}) {
  let nowMs = 0;
  return createGateway({
    keys: { find: async (secret) => (secret === "sy_good" ? makePrincipal() : null) },
    snapshots: { get: async () => makeSnapshot() },
    providers: { get: () => ({ chat: () => answer() }) },
    prices: { find: () => PRICE },
    ledger: { record: (invocation) => void records.push(invocation) },
    clock: { now: () => 1_767_225_600_000, monotonicMs: () => ++nowMs },
    newId: () => ID,
    reportFault: (fault) => void faults.push(fault),
    ...part,
  });
}

const CHAT = { model: "triage", messages: [{ role: "user", content: "hi" }] };

function callWith(body: unknown, headers: Record<string, string> = {}, part: Partial<GatewayCall> = {}): GatewayCall {
  const sent: Record<string, string> = { authorization: "Bearer sy_good", ...headers };
  return {
    method: "POST",
    path: "/v1/chat/completions",
    header: (name) => sent[name],
    readBody: async () => new TextEncoder().encode(JSON.stringify(body)),
    signal: new AbortController().signal,
    ...part,
  };
}

async function textOf({ body }: GatewayReply): Promise<string> {
  if (body instanceof Uint8Array) return new TextDecoder().decode(body);
  let text = "";
  for await (const piece of body) text += new TextDecoder().decode(piece);
  return text;
}

describe("a call that succeeds", () => {
  test("gets the provider's own bytes and every header of the contract", async () => {
    const reply = await gatewayWith().handle(callWith(CHAT, { "x-request-id": "mine" }));
    expect(reply.status).toBe(200);
    expect(await textOf(reply)).toBe('{"ok":true}');
    expect(reply.headers).toMatchObject({
      "content-type": "application/json",
      "x-request-id": "mine",
      "x-switchyard-invocation-id": ID,
      "x-switchyard-function": "triage",
      "x-switchyard-mode": "platform-managed",
      "x-switchyard-provider": "acme",
      "x-switchyard-model": "small",
      "x-switchyard-attempts": "1",
      "x-switchyard-route-version": "7",
      "x-switchyard-overhead-ms": expect.stringMatching(/^\d+\.\d\d$/),
      "x-switchyard-cost-usd": "0.000020000",
      "x-switchyard-input-tokens": "10",
      "x-switchyard-output-tokens": "5",
      "server-timing": expect.stringContaining("provider;dur="),
    });
    expect(reply.headers).not.toHaveProperty("x-should-retry");
  });

  test("is on record once, with its metadata", async () => {
    await gatewayWith().handle(callWith(CHAT, { "x-switchyard-metadata": '{"feature":"inbox"}' }));
    expect(records).toMatchObject([
      {
        id: ID,
        status: "succeeded",
        httpStatus: 200,
        costNanoUsd: 20_000n,
        metadata: { feature: "inbox" },
        tier: "balanced",
      },
    ]);
  });

  test("without a known price tells no cost rather than zero", async () => {
    const reply = await gatewayWith({ prices: { find: () => null } }).handle(callWith(CHAT));
    expect(reply.headers).not.toHaveProperty("x-switchyard-cost-usd");
    expect(records[0]?.costNanoUsd).toBeNull();
  });
});

describe("a call that is refused keeps the wire's shape, and says how often a target was tried", () => {
  const none = async () => new Uint8Array();
  const tooLarge = () => Promise.reject(new GatewayError("request_too_large", "Too large."));
  test.each<[string, GatewayCall, number, string]>([
    ["no key", callWith(CHAT, { authorization: "" }), 401, "invalid_api_key"],
    ["an unknown key", callWith(CHAT, { authorization: "Bearer sy_bad" }), 401, "invalid_api_key"],
    ["somebody else's kind of key", callWith(CHAT, { authorization: "Bearer sk-123" }), 401, "invalid_api_key"],
    ["an unknown path", callWith(CHAT, {}, { path: "/v1/chat/completions/" }), 404, "not_found"],
    ["the wrong method", callWith(CHAT, {}, { method: "GET" }), 405, "method_not_allowed"],
    ["an empty body", callWith(CHAT, {}, { readBody: none }), 400, "invalid_request"],
    ["a body that is too large", callWith(CHAT, {}, { readBody: tooLarge }), 413, "request_too_large"],
    ["an unknown function", callWith({ ...CHAT, model: "nope" }), 404, "function_not_found"],
    ["wrong metadata", callWith(CHAT, { "x-switchyard-metadata": "x" }), 400, "invalid_request"],
  ])("%s", async (_, call, status, code) => {
    const reply = await gatewayWith().handle(call);
    expect(reply.status).toBe(status);
    expect(JSON.parse(await textOf(reply))).toEqual({
      error: { message: expect.any(String), type: expect.any(String), param: expect.toSatisfy(isParam), code },
    });
    expect(reply.headers).toMatchObject({
      "x-switchyard-invocation-id": ID,
      "x-request-id": ID,
      "x-switchyard-attempts": "0",
      "x-switchyard-overhead-ms": expect.stringMatching(/^\d+\.\d\d$/),
      "x-should-retry": "false",
      "content-type": "application/json",
    });
    expect(faults).toEqual([]);
  });
});

const isParam = (value: unknown) => value === null || typeof value === "string";

describe("keys", () => {
  const withKey = (part: Parameters<typeof makePrincipal>[0]) =>
    gatewayWith({ keys: { find: async () => makePrincipal(part) } }).handle(callWith(CHAT));

  test("an expired one is refused from its very moment on", async () => {
    expect((await withKey({ expiresAtMs: 1_767_225_600_000 })).status).toBe(401);
    expect((await withKey({ expiresAtMs: 1_767_225_600_001 })).status).toBe(200);
  });

  test("one for the management API alone may not call", async () => {
    expect((await withKey({ scopes: ["management:read", "management:write"] })).status).toBe(403);
  });

  test("x-api-key serves as well as a bearer", async () => {
    expect((await gatewayWith().handle(callWith(CHAT, { authorization: "", "x-api-key": "sy_good" }))).status).toBe(
      200,
    );
  });
});

test.each(["a b", "x".repeat(129), "tab\there", "ümlaut"])(
  "a request id that cannot be echoed (%j) is replaced",
  async (given) => {
    const reply = await gatewayWith().handle(callWith(CHAT, { "x-request-id": given }));
    expect(reply.headers["x-request-id"]).toBe(ID);
  },
);

describe("a fault of ours", () => {
  const SECRET = "password authentication failed for postgresql://owner:hunter2@db";
  const explode = () => Promise.reject(new Error(SECRET));
  const body = { messages: [{ role: "user", content: "hi" }], model: "triage" };
  test.each<[string, Partial<GatewayPorts>]>([
    ["at the keys", { keys: { find: explode } }],
    ["at the snapshot", { snapshots: { get: explode } }],
    ["at a provider's port", { providers: { get: () => ({ chat: explode }) } }],
  ])("%s becomes a plain 500 that names the request and nothing of the cause", async (_, ports) => {
    const reply = await gatewayWith(ports).handle(callWith(body, { "x-request-id": "mine" }));
    expect(reply.status).toBe(500);
    const text = await textOf(reply);
    expect(JSON.parse(text).error).toMatchObject({ code: "internal_error", type: "server_error" });
    expect(text).toContain("mine");
    expect(text + JSON.stringify(reply.headers)).not.toMatch(/hunter2|password/);
    expect(reply.headers).toMatchObject({ "retry-after": "1", "x-switchyard-invocation-id": ID });
    expect(faults).toMatchObject([{ message: SECRET }]);
  });
});

describe("a call whose targets all fail", () => {
  test("lists every attempt and is on record as failed", async () => {
    answer = async () => ({ kind: "failure", failure: makeFailure("overloaded"), providerRequestId: null });
    const reply = await gatewayWith().handle(callWith(CHAT));
    expect(reply.status).toBe(502);
    expect(JSON.parse(await textOf(reply)).error.attempts).toHaveLength(3);
    expect(reply.headers).toMatchObject({
      "x-switchyard-attempts": "3",
      "retry-after": "1",
      "x-switchyard-model": "basic",
    });
    expect(records).toMatchObject([
      { status: "failed", httpStatus: 502, failureKind: "all_targets_failed", costNanoUsd: 0n },
    ]);
  });

  test("as a stream that never began is on record with the status that the caller got", async () => {
    const empty = (async function* () {})();
    answer = async () => ({ kind: "stream", events: empty, providerRequestId: null });
    const reply = await gatewayWith().handle(callWith({ ...CHAT, stream: true }));
    expect(reply.status).toBe(502);
    expect(records).toMatchObject([{ isStream: true, status: "failed", httpStatus: 502 }]);
  });
});

test("a stream is on record when it has ended, not before", async () => {
  async function* events() {
    yield makeEvent({ data: "a", hasContent: true });
    yield makeEvent({ data: "[DONE]", usage: makeUsage(10, 5) });
  }
  answer = async () => ({ kind: "stream", events: events(), providerRequestId: null });
  const reply = await gatewayWith().handle(callWith({ ...CHAT, stream: true }));
  expect(reply.headers).toMatchObject({
    "content-type": "text/event-stream; charset=utf-8",
    "x-switchyard-attempts": "1",
  });
  expect(records).toEqual([]);
  expect(await textOf(reply)).toBe("data: a\n\ndata: [DONE]\n\n");
  expect(records).toMatchObject([{ isStream: true, status: "succeeded", httpStatus: 200, costNanoUsd: 20_000n }]);
});

test("GET /v1/models lists what the key may call", async () => {
  const principal = makePrincipal({ functions: ["triage"], canCallModels: true });
  const connections = makeSnapshot().connections.slice(1);
  const gateway = gatewayWith({
    keys: { find: async () => principal },
    snapshots: { get: async () => makeSnapshot({ connections }) },
  });
  const reply = await gateway.handle(callWith(null, {}, { method: "GET", path: "/v1/models" }));
  expect(JSON.parse(await textOf(reply)).data.map(({ id }: { id: string }) => id)).toEqual(["triage", "other/basic"]);
});
