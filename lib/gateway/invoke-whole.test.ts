import { beforeEach, describe, expect, test } from "vitest";
import {
  broken,
  CHAT_BODY,
  counted,
  DONE,
  failing,
  finished,
  pass,
  readChat,
  said,
  silent,
  stall,
  streaming,
} from "#e2e/isolation/support/engine.ts";
import { settled } from "#e2e/isolation/support/fake-clock.ts";
import { makeConnection, makeSnapshot } from "#e2e/isolation/support/gateway.ts";
import { type FakePorts, makeGatewayCall, makePorts } from "#e2e/isolation/support/gateway-call.ts";
import type { GatewayReply } from "./contract/call.ts";
import type { AiFunction } from "./contract/catalog.ts";
import { HEARTBEAT_MS } from "./execution/heartbeat.ts";
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
const whole = () => makeGatewayCall(STREAM, { "x-switchyard-delivery": "whole" });
const chat = (reply: GatewayReply) => readChat(reply.body as AsyncIterable<Uint8Array>);
const answer = (text: string) => streaming(said(text), finished(), counted(10, 5), DONE).answer;

describe("a stream that is delivered whole", () => {
  test.each([
    ["cut", streaming(said("par"))],
    ["an error in its middle", streaming(said("par"), broken("server-error"))],
    ["garbage", streaming(said("par"), broken("bad-response"))],
  ])("hides a break: %s", async (_, first) => {
    const cut = first.answer;
    const reply = await send({ small: [cut, failing("provider-auth")], large: [answer("all of it")] }, whole());
    expect(await chat(reply)).toEqual(["all of it", "(stop)", "[DONE]"]);
    expect(reply.headers).toMatchObject({ "x-switchyard-model": "large" });
    expect(ports.records).toMatchObject([{ delivery: "whole", status: "succeeded" }]);
  });

  test("hides a stall", async () => {
    const sending = send({ small: [streaming(said("par"), stall).answer], large: [answer("all")] }, whole());
    await ports.clock.advance(500);
    expect(await chat(await sending)).toEqual(["all", "(stop)", "[DONE]"]);
  });

  test("hides what a filter ended, where the tenant allows another target", async () => {
    const filtered = () => streaming(said("par"), finished("content-filter"), DONE).answer;
    const snapshots = (canRetryFiltered: boolean) => ({
      snapshots: { get: async () => makeSnapshot({ canRetryFiltered }) },
    });
    const allowed = await send({ small: [filtered()], large: [answer("all")] }, whole(), snapshots(true));
    expect(await chat(allowed)).toEqual(["all", "(stop)", "[DONE]"]);
    const denied = await send({ small: [filtered()], large: [answer("all")] }, whole(), snapshots(false));
    expect(await chat(denied)).toEqual(["par", "(content-filter)", "[DONE]"]);
  });

  test("is an error with its own status when nobody answers in time for the first heartbeat", async () => {
    const cut = () => streaming(said("par")).answer;
    const nobody = { small: [cut(), cut()], large: [cut(), cut()], basic: [cut(), cut(), cut()] };
    const reply = await send(nobody, whole());
    expect(reply.status).toBe(502);
  });

  test("keeps its caller waiting with comments, then has the answer", async () => {
    const slow = () => pass(ports.clock, 900);
    const pieces = Array.from({ length: 28 }, (_, at) => [said(`${at} `), () => slow()()]).flat();
    const connections = [makeConnection("acme", { timeouts: { firstTokenMs: 5_000, idleMs: 5_000 } })];
    const snapshots = { get: async () => makeSnapshot({ connections }) };
    const sending = send({ small: [streaming(...pieces, finished(), DONE).answer] }, whole(), { snapshots });
    await ports.clock.advance(HEARTBEAT_MS);
    const reply = await sending;
    expect(reply).toMatchObject({
      status: 200,
      headers: { "x-switchyard-attempts": "1", "x-switchyard-overhead-ms": "0.00" },
    });
    const reading = chat(reply);
    await ports.clock.advance(20_000);
    const read = await reading;
    expect(read.filter((piece) => piece.startsWith(":"))).toHaveLength(2);
    expect(read.slice(-4)).toEqual(["26 ", "27 ", "(stop)", "[DONE]"]);
    expect(ports.records).toMatchObject([{ status: "succeeded", overheadUs: 0 }]);
    expect(ports.clock.pending()).toBe(0);
  });

  test("that fails after the first comment says so inside, with one error and no end mark", async () => {
    const slow = (): Promise<never> =>
      new Promise((resolve) => void ports.clock.schedule(() => resolve(failing("invalid-request") as never), 12_000));
    const connections = [makeConnection("acme", { timeouts: { firstTokenMs: 60_000, idleMs: 500 } })];
    const snapshots = { get: async () => makeSnapshot({ connections }) };
    const sending = send({ small: [slow] }, whole(), { snapshots });
    await ports.clock.advance(HEARTBEAT_MS);
    const reading = chat(await sending);
    await ports.clock.advance(2_000);
    expect(await reading).toEqual([": the answer is being made", "!invalid_request"]);
    expect(ports.records).toMatchObject([{ status: "failed", httpStatus: 200, failureKind: "invalid_request" }]);
  });

  test("is the function's own way of delivery, which a header overrides", async () => {
    const functions = new Map(makeSnapshot().functions);
    functions.set("triage", { ...(functions.get("triage") as AiFunction), delivery: "whole" });
    const snapshots = { get: async () => makeSnapshot({ functions }) };
    await chat(await send({ small: [answer("x")] }, live(), { snapshots }));
    expect(ports.records).toMatchObject([{ delivery: "whole" }]);
    const header = { "x-switchyard-delivery": "live" };
    await chat(await send({ small: [answer("x")] }, makeGatewayCall(STREAM, header), { snapshots }));
    expect(ports.records).toMatchObject([{ delivery: "live" }]);
  });

  test("while a held answer is made is on record as aborted, and nothing is tried any more", async () => {
    const caller = new AbortController();
    const call = makeGatewayCall(STREAM, { "x-switchyard-delivery": "whole" }, { signal: caller.signal });
    const connections = [makeConnection("acme", { timeouts: { firstTokenMs: 60_000, idleMs: 500 } })];
    const sending = send({ small: [silent] }, call, { snapshots: { get: async () => makeSnapshot({ connections }) } });
    await ports.clock.advance(HEARTBEAT_MS);
    const { body } = await sending;
    const iterator = (body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
    await iterator.next();
    caller.abort();
    await iterator.return?.();
    await settled();
    expect(ports.records).toMatchObject([{ status: "aborted", attempts: [{ status: "aborted" }] }]);
    expect(ports.providers.asked()).toEqual(["small"]);
    expect(ports.clock.pending()).toBe(0);
  });
});
