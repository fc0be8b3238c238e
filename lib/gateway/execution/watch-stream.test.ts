import { beforeEach, describe, expect, test } from "vitest";
import {
  broken,
  counted,
  DONE,
  finished,
  opening,
  pass,
  said,
  stall,
  streaming,
} from "#e2e/isolation/support/engine.ts";
import { createFakeClock, type FakeClock, settled } from "#e2e/isolation/support/fake-clock.ts";
import { makeAttempt, makeEvent, makeUsage } from "#e2e/isolation/support/gateway.ts";
import type { FailureKind } from "../failures.ts";
import type { StreamEvent } from "../ports.ts";
import { type Lease, openLease } from "./lease.ts";
import { watchStream } from "./watch-stream.ts";

let clock: FakeClock;
let caller: AbortController;
let lease: Lease;

beforeEach(() => {
  clock = createFakeClock();
  caller = new AbortController();
  lease = openLease({ clock, callerSignal: caller.signal, remainingMs: () => 60_000 });
  lease.allowSilence(1_000);
});

/** Reads a stream to its end, or as many events as asked; `ends` is how its attempt was concluded, with its text. */
function watch(stream: ReturnType<typeof streaming>, limit = Number.POSITIVE_INFINITY) {
  const { answer, log } = stream;
  if (answer.kind !== "stream") throw new Error(answer.kind);
  const record = makeAttempt({ httpStatus: null, latencyMs: 0 });
  const ends: [FailureKind | null, string][] = [];
  const events: StreamEvent[] = [];
  const watched = watchStream({
    events: answer.events,
    lease,
    record,
    idleMs: 500,
    elapsedMs: () => clock.monotonicMs(),
    conclude(failure, produced) {
      ends.push([failure?.kind ?? null, produced()]);
      record.failureKind = failure?.kind ?? null;
    },
  });
  const read = async () => {
    for await (const event of watched) {
      events.push(event);
      if (events.length === limit) return;
    }
  };
  return { record, ends, events, log, done: read() };
}

const last = ({ events }: { events: StreamEvent[] }) => events.at(-1)?.failure?.kind;

describe("a whole answer", () => {
  test("goes on event by event, and is concluded before its end goes on", async () => {
    const watched = watch(streaming(opening(), said("a"), finished(), counted(9, 2), DONE));
    await watched.done;
    expect(watched.events).toEqual([opening(), said("a"), finished(), counted(9, 2), DONE]);
    expect(watched.ends).toEqual([[null, "a"]]);
    expect(watched.record.usage).toEqual(makeUsage(9, 2));
    expect(watched.log.isClosed).toBe(true);
  });

  test("has made more than its text: thoughts and calls are kept as well", async () => {
    const thought = { event: null, data: JSON.stringify({ choices: [{ delta: { reasoning: "Hm. " } }] }) };
    const watched = watch(streaming({ ...said(""), sse: thought, hasContent: true }, said("a"), finished(), DONE));
    await watched.done;
    expect(watched.ends[0]?.[1]).toHaveLength("aHm. ".length);
  });

  test("whose end mark never comes is whole all the same when it said how it ended", async () => {
    const watched = watch(streaming(said("a"), finished()));
    await watched.done;
    expect([watched.ends, last(watched)]).toEqual([[[null, "a"]], undefined]);
  });

  test("ends at its end mark, whatever follows", async () => {
    const watched = watch(streaming(said("a"), DONE, said("late")));
    await watched.done;
    expect(watched.events).toEqual([said("a"), DONE]);
  });

  test("may have nothing to say, if it says so in full", async () => {
    const watched = watch(streaming(opening(), finished(), DONE));
    await watched.done;
    expect(watched.ends).toEqual([[null, ""]]);
  });

  test("has its first token's time from what the caller waits for, not from what opens the stream", async () => {
    const watched = watch(streaming(opening(), pass(clock, 300), said("a"), pass(clock, 100), said("b"), DONE));
    await clock.advance(400);
    await watched.done;
    expect(watched.record.firstTokenMs).toBe(300);
  });
});

describe("what is no whole answer ends with a failure, once", () => {
  test.each<[string, StreamEvent[], FailureKind]>([
    ["nothing at all", [], "bad-response"],
    ["an end mark after nothing", [DONE], "bad-response"],
    ["an opening and an end mark", [opening(), DONE], "bad-response"],
    ["a cut before the first token", [opening()], "stream-interrupted"],
    ["a cut after it", [opening(), said("a")], "stream-interrupted"],
    ["a failure of the provider's", [said("a"), broken("overloaded"), DONE], "overloaded"],
    ["a failure after it said how it ended", [said("a"), finished(), broken("server-error")], "server-error"],
  ])("%s", async (_, events, kind) => {
    const watched = watch(streaming(...events));
    await watched.done;
    expect(last(watched)).toBe(kind);
    expect(watched.events.filter(({ failure }) => failure !== null)).toHaveLength(1);
    expect(watched.events.some(({ isEnd }) => isEnd)).toBe(false);
    expect(watched.ends.map(([ended]) => ended)).toEqual([kind]);
    expect(watched.log.isClosed).toBe(true);
  });

  test("usage that was reported before the break stays on record", async () => {
    const watched = watch(streaming(said("a"), counted(9, 1)));
    await watched.done;
    expect(watched.record.usage).toEqual(makeUsage(9, 1));
  });
});

describe("silence", () => {
  test("before the first token: that of the first token", async () => {
    const watched = watch(streaming(opening(), stall));
    await clock.advance(999);
    expect(watched.events).toHaveLength(1);
    await clock.advance(1);
    await watched.done;
    expect([last(watched), watched.ends]).toEqual(["timeout", [["timeout", ""]]]);
  });

  test("before the first token is not broken by events that carry nothing", async () => {
    const ping = makeEvent({ sse: { event: "ping", data: "{}" } });
    const pings = Array.from({ length: 9 }, () => [pass(clock, 300), ping]).flat();
    const watched = watch(streaming(...pings));
    await clock.advance(1_000);
    await watched.done;
    expect([last(watched), watched.events.length]).toEqual(["timeout", 4]);
  });

  test("after it: the shorter one between two events, each of which breaks it", async () => {
    const ping = makeEvent({ sse: { event: "ping", data: "{}" } });
    const watched = watch(
      streaming(said("a"), pass(clock, 400), ping, pass(clock, 400), said("b"), pass(clock, 400), ping, stall),
    );
    await clock.advance(1_699);
    expect(watched.events).toHaveLength(4);
    await clock.advance(1);
    await watched.done;
    expect([last(watched), watched.ends]).toEqual(["timeout", [["timeout", "ab"]]]);
  });
});

describe("an answer that its provider has said to be finished is whole", () => {
  test("when no end mark follows, however long it is waited for", async () => {
    const watched = watch(streaming(said("a"), finished(), stall));
    await clock.advance(500);
    await watched.done;
    expect([last(watched), watched.ends]).toEqual([undefined, [[null, "a"]]]);
  });

  test("when the connection breaks after it", async () => {
    const watched = watch(streaming(said("a"), finished(), broken("stream-interrupted")));
    await watched.done;
    expect([last(watched), watched.ends]).toEqual([undefined, [[null, "a"]]]);
  });

  test("but not when the provider tells of an error after it, or the caller leaves", async () => {
    const told = watch(streaming(said("a"), finished(), broken("server-error")));
    await told.done;
    expect(told.ends).toEqual([["server-error", "a"]]);
    const left = watch(streaming(said("a"), finished(), stall));
    await settled();
    caller.abort();
    await left.done;
    expect(left.ends).toEqual([["client-aborted", "a"]]);
  });
});

describe("a caller that leaves", () => {
  test("while the provider is silent ends the stream at once, with what had come", async () => {
    const watched = watch(streaming(said("ab"), stall));
    await settled();
    caller.abort();
    await watched.done;
    expect([last(watched), watched.ends]).toEqual(["client-aborted", [["client-aborted", "ab"]]]);
  });

  test("between two events lets the provider go", async () => {
    const watched = watch(streaming(said("a"), said("b"), DONE), 1);
    await watched.done;
    expect([watched.ends, watched.log]).toEqual([[["client-aborted", "a"]], { isClosed: true, taken: 1 }]);
  });

  test("after the end has left nothing to conclude", async () => {
    const watched = watch(streaming(said("a"), DONE), 2);
    await watched.done;
    expect(watched.ends).toEqual([[null, "a"]]);
  });
});

test("what is kept of an answer is bounded, however long it gets", async () => {
  const piece = said("x".repeat(100_000));
  const watched = watch(streaming(...Array.from({ length: 30 }, () => piece), DONE));
  await watched.done;
  expect(watched.ends[0]?.[1].length).toBe(1_000_000);
});

test("a provider is read no faster than its reader asks", async () => {
  const { answer, log } = streaming(said("a"), said("b"), said("c"), DONE);
  if (answer.kind !== "stream") throw new Error(answer.kind);
  const input = { lease, record: makeAttempt(), idleMs: 500, elapsedMs: () => 0, conclude: () => {} };
  const iterator = watchStream({ ...input, events: answer.events });
  await iterator.next();
  await settled();
  expect(log.taken).toBe(1);
  await iterator.return(undefined);
});
