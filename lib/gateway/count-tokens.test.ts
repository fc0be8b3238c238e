import { describe, expect, test } from "vitest";
import { answering, deaf, failing, silent } from "#e2e/isolation/support/engine.ts";
import { makeConnection, makeSnapshot } from "#e2e/isolation/support/gateway.ts";
import { makeGatewayCall, makePorts, textOf } from "#e2e/isolation/support/gateway-call.ts";
import type { GatewayCall } from "./contract/call.ts";
import { createGateway } from "./gateway.ts";

const BODY = { model: "triage", messages: [{ role: "user", content: "hello" }] };
const PATH = { path: "/v1/messages/count_tokens" };
const ESTIMATE = { input_tokens: "user\nhello".length };

const speaker = makeConnection("acme", { wires: ["anthropic-messages", "anthropic-count-tokens"] });
const foreigner = makeConnection("acme", { wires: [], translation: { features: [], hints: [], thoughts: [] } });

function begin(replies: Parameters<typeof makePorts>[0], connection = speaker, part: Partial<GatewayCall> = {}) {
  const snapshots = { get: async () => makeSnapshot({ connections: [connection] }) };
  const ports = makePorts(replies, { snapshots });
  const call = makeGatewayCall(BODY, { "anthropic-version": "2023-06-01" }, { ...PATH, ...part });
  return { ports, reply: createGateway(ports).handle(call) };
}

test("a provider that counts is asked, in the caller's own words, for the model that would answer", async () => {
  const { ports, reply } = begin({ small: [answering('{"input_tokens":42}')] });
  expect(await textOf(await reply)).toBe('{"input_tokens":42}');
  expect((await reply).headers).not.toHaveProperty("x-switchyard-estimated");
  expect(ports.providers.seen).toMatchObject([
    {
      model: "small",
      wire: "anthropic-count-tokens",
      via: "native",
      edits: {},
      source: JSON.stringify(BODY),
      passHeaders: { "anthropic-version": "2023-06-01" },
    },
  ]);
});

describe("a count that cannot be had is estimated, and says so", () => {
  test("where the provider does not count", async () => {
    const { ports, reply } = begin({}, foreigner);
    expect(JSON.parse(await textOf(await reply))).toEqual(ESTIMATE);
    expect((await reply).headers).toMatchObject({ "x-switchyard-estimated": "true" });
    expect(ports.providers.seen).toEqual([]);
  });

  test("where nobody has an account", async () => {
    const { reply } = begin({}, makeConnection("nobody"));
    expect(JSON.parse(await textOf(await reply))).toEqual(ESTIMATE);
  });

  test("where the provider fails, which is tried once", async () => {
    const { ports, reply } = begin({ small: [failing("overloaded")] });
    expect(JSON.parse(await textOf(await reply))).toEqual(ESTIMATE);
    expect(ports.providers.asked()).toEqual(["small"]);
  });

  test("where it is silent for ten seconds", async () => {
    const { ports, reply } = begin({ small: [silent] });
    await ports.clock.advance(10_000);
    expect(JSON.parse(await textOf(await reply))).toEqual(ESTIMATE);
    expect([ports.providers.seen[0]?.signal.aborted, ports.clock.pending()]).toEqual([true, 0]);
  });

  test("where it is silent and does not hear that we stop waiting", async () => {
    const { ports, reply } = begin({ small: [deaf] });
    await ports.clock.advance(10_000);
    expect(JSON.parse(await textOf(await reply))).toEqual(ESTIMATE);
  });
});

test("nothing is put on record, and no circuit is moved", async () => {
  const { ports, reply } = begin({ small: [failing("server-error")] });
  await reply;
  expect(ports.records).toEqual([]);
  expect(ports.health.find(speaker.id, "small").state).toBe("ready");
});

test("a caller that leaves, or had left, ends the provider's count", async () => {
  for (const isGone of [true, false]) {
    const caller = new AbortController();
    if (isGone) caller.abort();
    const { ports, reply } = begin({ small: [silent] }, speaker, { signal: caller.signal });
    await ports.clock.advance(0);
    if (!isGone) caller.abort();
    await reply;
    expect(ports.providers.seen[0]?.signal.aborted).toBe(true);
  }
});

test("a key may count only what it may call", async () => {
  const { ports } = begin({});
  const call = makeGatewayCall({ ...BODY, model: "acme/large" }, {}, PATH);
  const reply = await createGateway(ports).handle(call);
  expect(reply.status).toBe(403);
  expect(JSON.parse(await textOf(reply))).toMatchObject({ type: "error", error: { code: "not_allowed" } });
});
