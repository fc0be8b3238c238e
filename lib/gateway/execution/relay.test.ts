import { beforeEach, describe, expect, test } from "vitest";
import {
  answering,
  broken,
  CHAT_BODY,
  counted,
  countTokens,
  DONE,
  failing,
  finished,
  makeCall,
  makeHealth,
  makePlan,
  makeProvider,
  makeRequest,
  opening,
  type Piece,
  readChat,
  said,
  silent,
  stall,
  streaming,
} from "#e2e/isolation/support/engine.ts";
import { createFakeClock, type FakeClock, settled } from "#e2e/isolation/support/fake-clock.ts";
import { makeEvent, makeTarget, makeUsage } from "#e2e/isolation/support/gateway.ts";
import type { GatewayError } from "../errors.ts";
import type { StreamEvent } from "../ports.ts";
import { OPENAI_RESPONSES_WIRE } from "../wires/openai-responses/index.ts";
import { concludeFailure } from "./conclude-failure.ts";
import { encode, relay } from "./relay.ts";
import { createRun } from "./run.ts";
import type { RunningCall } from "./running-call.ts";

let clock: FakeClock;

beforeEach(() => {
  clock = createFakeClock();
});

/** Only `b` and `d` go on with an answer that has begun. */
const TARGETS = [
  makeTarget({ model: "a", defaults: { temperature: 0.2 } }),
  makeTarget({ model: "b", prefill: "prefix-flag", defaults: { temperature: 0.3 } }),
  makeTarget({ model: "c" }),
  makeTarget({ model: "d", prefill: "assistant-message" }),
];

type Replies = Parameters<typeof makeProvider>[0];

/** A live call whose first target streams `first`. */
async function begin(first: readonly Piece[], replies: Replies = {}, part: Partial<RunningCall> = {}) {
  const stream = streaming(...first);
  const providers = makeProvider({ a: [stream.answer], ...replies });
  const call = makeCall({ plan: makePlan(TARGETS), request: makeRequest({ isStream: true }), ...part });
  const run = createRun({ providers, clock, health: makeHealth(clock), countTokens, random: () => 0 }, call);
  const result = await run.next(() => ({}));
  if (result.kind !== "stream") throw new Error(result.kind);
  const ends: (GatewayError | null)[] = [];
  const relayed = relay({
    wire: call.wire,
    body: call.request.body,
    run,
    first: result.events,
    defaultsFor: (target) => call.wire.fillDefaults(call.request.body, target),
    requestId: "r-1",
    signal: call.signal,
    conclude: (failure) => concludeFailure(failure, call.attempts),
    onEnd: (error) => void ends.push(error),
  });
  return { relayed, call, ends, providers, log: stream.log };
}

const going = (...pieces: readonly Piece[]) => streaming(opening("c-2"), ...pieces).answer;
const codes = (ends: readonly (GatewayError | null)[]) => ends.map((end) => end?.code ?? null);

describe("a whole answer", () => {
  test("goes on event by event and ends with the end mark, once", async () => {
    const { relayed, ends, log } = await begin([opening(), said("a"), said("b"), finished(), DONE]);
    expect(await readChat(relayed)).toEqual(["", "a", "b", "(stop)", "[DONE]"]);
    expect([ends, log.isClosed]).toEqual([[null], true]);
  });

  test("whose provider leaves out the end mark gets it from us", async () => {
    const { relayed } = await begin([said("a"), finished()]);
    expect(await readChat(relayed)).toEqual(["a", "(stop)", "[DONE]"]);
  });

  test("has no end mark of ours in a wire whose end holds what only the provider knows", async () => {
    const { relayed } = await begin([said("a"), finished()], {}, { wire: OPENAI_RESPONSES_WIRE });
    expect(await readChat(relayed)).toEqual(["a", "(stop)"]);
  });

  test("is without the events that are not for the caller", async () => {
    const { relayed, call } = await begin([said("a"), finished(), counted(9, 1), DONE]);
    expect(await readChat(relayed)).toEqual(["a", "(stop)", "[DONE]"]);
    expect(call.attempts[0]?.usage).toEqual(makeUsage(9, 1));
  });
});

test("an event keeps its name, and every line of its data bears the field's", () => {
  expect(new TextDecoder().decode(encode({ event: "x", data: '{\n"a":1}' }))).toBe(
    'event: x\ndata: {\ndata: "a":1}\n\n',
  );
});

describe("a stream that breaks after tokens is continued", () => {
  const first = [opening(), said("Hello "), said("wor")];

  test.each<[string, Piece]>([
    ["cut", { ...makeEvent({}) }],
    ["broken by an error of the provider's", broken("server-error")],
    ["refused in the middle", broken("overloaded")],
    ["that falls silent", stall],
  ])("%s", async (_, end) => {
    const { relayed, providers, ends, call } = await begin([...first, end], {
      b: [going(said("ld", "c-2"), finished("stop", "c-2"), DONE)],
    });
    const reading = readChat(relayed);
    await clock.advance(500);
    expect(await reading).toEqual(["", "Hello ", "wor", "ld", "(stop)", "[DONE]"]);
    expect(providers.asked()).toEqual(["a", "b"]);
    expect(ends).toEqual([null]);
    expect(call.attempts.map(({ status }) => status)).toEqual(["failed", "succeeded"]);
  });

  test("on the next target that takes the answer so far, which is sent it with its own defaults", async () => {
    const { relayed, providers } = await begin(first, { b: [going(said("ld"), finished(), DONE)] });
    await readChat(relayed);
    expect(providers.seen[1]?.edits).toEqual({
      temperature: 0.3,
      messages: [...CHAT_BODY.messages, { role: "assistant", content: "Hello wor", prefix: true }],
    });
  });

  test("under the first one's id, without a second opening", async () => {
    const { relayed } = await begin(first, { b: [going(said("ld", "c-2"), finished("stop", "c-2"), DONE)] });
    const text: string[] = [];
    for await (const piece of relayed) text.push(new TextDecoder().decode(piece));
    const ids = text.slice(0, -1).map((event) => JSON.parse(event.slice("data: ".length)).id);
    expect(ids).toEqual(["c-1", "c-1", "c-1", "c-1", "c-1"]);
    expect(text.join("").match(/"role"/g)).toHaveLength(1);
  });

  test("and again when that one breaks too, from all that the caller has by then", async () => {
    const { relayed, providers } = await begin(first, {
      b: [going(said("ld"))],
      d: [going(said("!"), finished(), DONE)],
    });
    expect((await readChat(relayed)).join("")).toBe("Hello world!(stop)[DONE]");
    expect(providers.asked()).toEqual(["a", "b", "d"]);
    expect(providers.seen[2]?.edits.messages).toEqual([
      ...CHAT_BODY.messages,
      { role: "assistant", content: "Hello world" },
    ]);
  });

  test("and passes over a target that breaks before it has added anything", async () => {
    const { relayed } = await begin(first, {
      b: [going(broken("provider-auth"))],
      d: [going(said("ld"), finished(), DONE)],
    });
    expect((await readChat(relayed)).join("")).toBe("Hello world(stop)[DONE]");
  });
});

describe("a stream that cannot be continued ends with one error event and no end mark", () => {
  const moreThanText = { ...said("a"), hasMoreThanText: true };
  const nobody: Replies = { b: [failing("provider-auth")], d: [failing("provider-quota")] };
  const anybody: Replies = { b: [going(said("x"), finished(), DONE)] };

  test.each<[string, StreamEvent[], Replies]>([
    ["no other target answers", [said("a")], nobody],
    ["the answer holds more than text", [moreThanText], anybody],
    ["nothing of it is text", [{ ...said(""), hasContent: true }], anybody],
    ["it had said how it ended", [said("a"), finished(), broken("network")], anybody],
  ])("%s", async (_, events, replies) => {
    const { relayed, ends, log } = await begin(events, replies);
    const read = await readChat(relayed);
    expect(read.filter((piece) => piece.startsWith("!"))).toEqual(["!all_targets_failed"]);
    expect(read.at(-1)).toBe("!all_targets_failed");
    expect(read).not.toContain("[DONE]");
    expect([codes(ends), log.isClosed]).toEqual([["all_targets_failed"], true]);
  });

  test("a request that nobody can go on with asks nobody", async () => {
    const request = makeRequest({ isStream: true, body: { ...CHAT_BODY, n: 2 } });
    const { relayed, providers } = await begin([said("a")], anybody, { request });
    expect((await readChat(relayed)).at(-1)).toBe("!all_targets_failed");
    expect(providers.asked()).toEqual(["a"]);
  });

  test("the error lists every attempt", async () => {
    const { relayed, ends } = await begin([said("a")], nobody);
    await readChat(relayed);
    expect(ends[0]?.attempts?.map(({ model, kind }) => [model, kind])).toEqual([
      ["a", "stream-interrupted"],
      ["b", "provider-auth"],
      ["d", "provider-quota"],
    ]);
  });

  test("an answer of a million characters is not kept to be continued", async () => {
    const { relayed, providers } = await begin([said("x".repeat(1_000_000)), said("y")], anybody);
    expect((await readChat(relayed)).at(-1)).toBe("!all_targets_failed");
    expect(providers.asked()).toEqual(["a"]);
  });

  test("no target is asked once the call's time is over", async () => {
    const { relayed, providers } = await begin([said("a"), stall], { b: [answering("{}")] }, { deadlineAtMs: 300 });
    const reading = readChat(relayed);
    await clock.advance(300);
    expect((await reading).at(-1)).toBe("!upstream_timeout");
    expect(providers.asked()).toEqual(["a"]);
  });
});

describe("a caller that leaves", () => {
  test("between two events: the provider is let go, and the call is on record as left, with its tokens", async () => {
    const { relayed, ends, log, call } = await begin([said("abc"), said("d"), DONE]);
    for await (const _ of relayed) break;
    expect([codes(ends), log]).toEqual([["client_closed_request"], { isClosed: true, taken: 1 }]);
    expect(call.attempts).toMatchObject([{ status: "aborted", isUsageEstimated: true, usage: { outputTokens: 3 } }]);
  });

  test("while the provider is silent: its signal ends at once, and nobody is sent an error", async () => {
    const caller = new AbortController();
    const { relayed, ends, providers } = await begin([said("a"), stall], {}, { signal: caller.signal });
    const reading = readChat(relayed);
    await settled();
    caller.abort();
    expect(providers.seen[0]?.signal.aborted).toBe(true);
    expect(await reading).toEqual(["a"]);
    expect([codes(ends), providers.asked()]).toEqual([["client_closed_request"], ["a"]]);
  });

  test("while another target is asked to go on: that one ends, too", async () => {
    const caller = new AbortController();
    const { relayed, ends, providers, call } = await begin([said("a")], { b: [silent] }, { signal: caller.signal });
    const reading = readChat(relayed);
    await settled();
    caller.abort();
    expect(await reading).toEqual(["a"]);
    expect(providers.seen.map(({ signal }) => signal.aborted)).toEqual([false, true]);
    expect([codes(ends), call.attempts.map(({ status }) => status)]).toEqual([
      ["client_closed_request"],
      ["failed", "aborted"],
    ]);
  });
});

test("a provider is read no faster than the caller reads", async () => {
  const { relayed, log } = await begin([said("a"), said("b"), said("c"), DONE]);
  await relayed.next();
  await settled();
  expect(log.taken).toBe(1);
  await relayed.next();
  await settled();
  expect(log.taken).toBe(2);
  await relayed.return(undefined);
});
