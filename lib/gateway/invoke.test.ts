import { beforeEach, describe, expect, test } from "vitest";
import {
  answering,
  broken,
  CHAT_BODY,
  counted,
  DONE,
  failing,
  finished,
  readChat,
  said,
  silent,
  stall,
  streaming,
} from "#e2e/isolation/support/engine.ts";
import { settled } from "#e2e/isolation/support/fake-clock.ts";
import { makeConnection, makeSnapshot, makeUsage } from "#e2e/isolation/support/gateway.ts";
import {
  type FakePorts,
  INVOCATION_ID,
  makeGatewayCall,
  makePorts,
  textOf,
} from "#e2e/isolation/support/gateway-call.ts";
import type { GatewayReply } from "./contract/call.ts";
import type { Model } from "./contract/catalog.ts";
import { createGateway } from "./gateway.ts";
import type { GatewayPorts } from "./ports.ts";

type Replies = Parameters<typeof makePorts>[0];

let ports: FakePorts;

beforeEach(() => {
  ports = makePorts({});
});

/** The route is small, large, basic: two models of one account, one of another. */
function send(replies: Replies, call = makeGatewayCall(), part: Partial<GatewayPorts> = {}): Promise<GatewayReply> {
  ports = makePorts(replies, part);
  return createGateway(ports).handle(call);
}

const STREAM = { ...CHAT_BODY, stream: true };
const live = () => makeGatewayCall(STREAM);
const _whole = () => makeGatewayCall(STREAM, { "x-switchyard-delivery": "whole" });
const chat = (reply: GatewayReply) => readChat(reply.body as AsyncIterable<Uint8Array>);
const answer = (text: string) => streaming(said(text), finished(), counted(10, 5), DONE).answer;

describe("an answer", () => {
  test("is the provider's own bytes, under every header of the contract", async () => {
    const call = makeGatewayCall(CHAT_BODY, { "x-request-id": "mine" });
    const reply = await send({ small: [answering('{"ok":true}', { usage: makeUsage(10, 5) })] }, call);
    expect(reply.status).toBe(200);
    expect(await textOf(reply)).toBe('{"ok":true}');
    expect(reply.headers).toEqual({
      "content-type": "application/json",
      "x-request-id": "mine",
      "x-switchyard-invocation-id": INVOCATION_ID,
      "x-switchyard-function": "triage",
      "x-switchyard-mode": "platform-managed",
      "x-switchyard-provider": "acme",
      "x-switchyard-model": "small",
      "x-switchyard-attempts": "1",
      "x-switchyard-route-version": "7",
      "x-switchyard-overhead-ms": "0.00",
      "x-switchyard-cost-usd": "0.000020000",
      "x-switchyard-input-tokens": "10",
      "x-switchyard-output-tokens": "5",
      "server-timing": "gateway;dur=0.00, provider;dur=0.00",
    });
  });

  test("is on record once, with what the call said of itself", async () => {
    const call = makeGatewayCall(CHAT_BODY, { "x-switchyard-metadata": '{"feature":"inbox"}' });
    await send({ small: [answering("{}", { usage: makeUsage(10, 5) })] }, call);
    expect(ports.records).toMatchObject([
      {
        id: INVOCATION_ID,
        wire: "openai-chat",
        status: "succeeded",
        httpStatus: 200,
        costNanoUsd: 20_000n,
        metadata: { feature: "inbox" },
        tier: "balanced",
        delivery: "live",
      },
    ]);
  });

  test("without a known price tells no cost rather than zero", async () => {
    const reply = await send({ small: [answering("{}")] }, makeGatewayCall(), {
      prices: { find: () => null, reportsCharges: () => false },
    });
    expect(reply.headers).not.toHaveProperty("x-switchyard-cost-usd");
    expect(ports.records[0]?.costNanoUsd).toBeNull();
  });

  test("names the model that answered, not the one that was asked first", async () => {
    const reply = await send({ small: [failing("provider-auth")], large: [answering("{}")] });
    expect(reply.headers).toMatchObject({ "x-switchyard-model": "large", "x-switchyard-attempts": "2" });
    expect(ports.records[0]?.attempts).toMatchObject([
      { model: "small", status: "failed", failureKind: "provider-auth", costNanoUsd: null },
      { model: "large", status: "succeeded", costNanoUsd: 11_000n },
    ]);
  });

  test("says which hints did not reach its target", async () => {
    const translation = { features: [], hints: [], thoughts: [] };
    const connections = [makeConnection("acme", { wires: [], translation })];
    const snapshots = { get: async () => makeSnapshot({ connections }) };
    const body = { ...CHAT_BODY, user: "u", metadata: { a: "b" } };
    const reply = await send({ small: [answering("{}")] }, makeGatewayCall(body), { snapshots });
    expect(reply.headers["x-switchyard-left-out"]).toBe("user, metadata");
    expect(ports.providers.seen[0]).toMatchObject({ via: "translation" });
  });

  test("is not waited for longer than the caller itself does", async () => {
    const call = makeGatewayCall(CHAT_BODY, { "x-stainless-timeout": "3" });
    const reply = send({ small: [silent] }, call);
    await ports.clock.advance(3_000);
    expect(await reply).toMatchObject({ status: 504 });
    expect(ports.records[0]).toMatchObject({ failureKind: "upstream_timeout", latencyMs: 3_000 });
  });
});

describe("each target is sent the caller's request with the function's defaults, and what it refuses left out", () => {
  test("without changing what the caller said", async () => {
    const body = { ...CHAT_BODY, max_tokens: 9 };
    await send({ small: [failing("provider-auth")], large: [answering("{}")] }, makeGatewayCall(body));
    expect(ports.providers.seen.map(({ edits }) => edits)).toEqual([{}, { temperature: 0.2 }]);
    expect(ports.providers.seen.map(({ source }) => source)).toEqual([JSON.stringify(body), JSON.stringify(body)]);
  });
});

describe("a live stream", () => {
  test("goes out as it comes, and is on record when it has ended, not before", async () => {
    const reply = await send({ small: [answer("hi")] }, live());
    expect(reply.headers).toMatchObject({
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache",
      "x-switchyard-attempts": "1",
    });
    expect(ports.records).toEqual([]);
    expect(await chat(reply)).toEqual(["hi", "(stop)", "[DONE]"]);
    expect(ports.records).toMatchObject([{ isStream: true, status: "succeeded", costNanoUsd: 20_000n }]);
  });

  test("is nobody's until its first content: a break before goes to the next target unseen", async () => {
    const opened = streaming(...[finished(null)], broken("server-error")).answer;
    const reply = await send({ small: [opened, opened], large: [answer("hi")] }, live());
    expect(reply.headers).toMatchObject({ "x-switchyard-model": "large" });
    expect(await chat(reply)).toEqual(["hi", "(stop)", "[DONE]"]);
  });

  test("that never begins anywhere is an error with its own status", async () => {
    const empty = () => streaming().answer;
    const reply = await send({ small: [empty(), empty()], large: [empty(), empty()], basic: [empty()] }, live());
    expect(reply.status).toBe(502);
    expect(ports.records).toMatchObject([{ isStream: true, status: "failed", httpStatus: 502 }]);
  });

  test("that breaks after tokens and is continued has the first token's time that the caller saw", async () => {
    const models = new Map(makeSnapshot().models);
    models.set("acme/large", { ...(models.get("acme/large") as Model), prefill: "assistant-message" });
    const snapshots = { get: async () => makeSnapshot({ models }) };
    const late = () =>
      new Promise<never>((resolve) => void ports.clock.schedule(() => resolve(answer("!") as never), 90));
    const sending = send({ small: [streaming(said("hi")).answer], large: [late] }, live(), { snapshots });
    const reading = chat(await sending);
    await ports.clock.advance(90);
    expect(await reading).toEqual(["hi", "!", "(stop)", "[DONE]"]);
    expect(ports.records).toMatchObject([{ firstTokenMs: 0, model: "large", status: "succeeded" }]);
  });

  test("is read for longer than its caller waits for its beginning", async () => {
    const pieces = Array.from({ length: 10 }, () => [said("a"), () => ports.clock.advance(400)]).flat();
    const call = makeGatewayCall(STREAM, { "x-stainless-timeout": "3" });
    const reply = await send({ small: [streaming(...pieces, finished(), DONE).answer] }, call);
    expect(await chat(reply)).toEqual([...Array(10).fill("a"), "(stop)", "[DONE]"]);
    expect(ports.records).toMatchObject([{ status: "succeeded", latencyMs: 4_000 }]);
  });

  test("that is cut with nobody to go on ends in one error event, and is on record as it was told", async () => {
    const reply = await send({ small: [streaming(said("hi")).answer] }, live());
    expect(await chat(reply)).toEqual(["hi", "!all_targets_failed"]);
    expect(ports.records).toMatchObject([{ status: "failed", httpStatus: 200, failureKind: "all_targets_failed" }]);
  });
});

describe("a caller that leaves", () => {
  test("before anything came: the provider is told at once, and the call is on record as aborted", async () => {
    const caller = new AbortController();
    const sending = send({ small: [silent] }, makeGatewayCall(CHAT_BODY, {}, { signal: caller.signal }));
    await settled();
    caller.abort();
    expect(ports.providers.seen[0]?.signal.aborted).toBe(true);
    expect((await sending).status).toBe(499);
    expect(ports.records).toMatchObject([{ status: "aborted", costNanoUsd: null, usage: null }]);
    expect(ports.clock.pending()).toBe(0);
  });

  test("in the middle of a stream is charged for what was produced, about", async () => {
    const reply = await send({ small: [streaming(said("four"), stall).answer] }, live());
    for await (const _ of reply.body as AsyncIterable<Uint8Array>) break;
    const usage = makeUsage("user\nhi".length, 4);
    expect(ports.records).toMatchObject([{ status: "aborted", usage, costNanoUsd: 15_000n }]);
  });
});
