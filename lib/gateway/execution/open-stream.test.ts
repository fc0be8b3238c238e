import { describe, expect, test } from "vitest";
import {
  broken,
  collect,
  DONE,
  finished,
  opening,
  type Piece,
  said,
  stall,
  streaming,
} from "#e2e/isolation/support/engine.ts";
import { settled } from "#e2e/isolation/support/fake-clock.ts";
import type { StreamEvent } from "../ports.ts";
import { FILTERED, holdStream, openStream } from "./open-stream.ts";

function begin(...pieces: readonly Piece[]) {
  const { answer, log } = streaming(...pieces);
  if (answer.kind !== "stream") throw new Error(answer.kind);
  return { events: answer.events as AsyncGenerator<StreamEvent>, log };
}

async function contentsOf(opened: Awaited<ReturnType<typeof openStream>>): Promise<StreamEvent[]> {
  if (opened.kind !== "stream") throw new Error(opened.failure.kind);
  return await collect(opened.events);
}

describe("a live stream", () => {
  test("is open with its first content, and loses nothing of what came before", async () => {
    const { events, log } = begin(opening(), opening(), said("a"), said("b"), DONE);
    const opened = await openStream(events);
    expect(log.taken).toBe(3);
    expect(await contentsOf(opened)).toEqual([opening(), opening(), said("a"), said("b"), DONE]);
    expect(log.isClosed).toBe(true);
  });

  test("is not open before", async () => {
    let isOpen = false;
    void openStream(begin(opening(), stall).events).then(() => {
      isOpen = true;
    });
    await settled();
    expect(isOpen).toBe(false);
  });

  test("that breaks before its first content is a failure of which nobody has seen anything", async () => {
    const { events, log } = begin(opening(), broken("overloaded"), said("a"));
    expect(await openStream(events)).toMatchObject({ kind: "failure", failure: { kind: "overloaded" } });
    expect(log).toEqual({ isClosed: true, taken: 2 });
  });

  test("that has nothing to say, in full, is an answer", async () => {
    expect(await contentsOf(await openStream(begin(opening(), finished(), DONE).events))).toEqual([
      opening(),
      finished(),
      DONE,
    ]);
  });

  test("left in the middle lets the provider go", async () => {
    const { events, log } = begin(said("a"), said("b"), DONE);
    const opened = await openStream(events);
    if (opened.kind !== "stream") throw new Error(opened.failure.kind);
    for await (const _ of opened.events) break;
    expect(log).toEqual({ isClosed: true, taken: 1 });
  });
});

describe("a held stream", () => {
  const accepting = { retriesFiltered: false };

  test("is read to its end before any of it goes on", async () => {
    const { events, log } = begin(opening(), said("a"), finished(), DONE);
    const opened = await holdStream(events, accepting);
    expect(log).toEqual({ isClosed: true, taken: 4 });
    expect(await contentsOf(opened)).toEqual([opening(), said("a"), finished(), DONE]);
  });

  test("that breaks anywhere is a failure of which nobody has seen anything", async () => {
    const { events, log } = begin(said("a"), said("b"), finished(), broken("stream-interrupted"));
    const opened = await holdStream(events, accepting);
    expect(opened).toMatchObject({ kind: "failure", failure: { kind: "stream-interrupted" } });
    expect(log.isClosed).toBe(true);
  });

  test("that a filter ended is one too, where another target may be asked", async () => {
    const filtered = [said("a"), finished("content-filter"), DONE];
    expect(await holdStream(begin(...filtered).events, { retriesFiltered: true })).toEqual({
      kind: "failure",
      failure: FILTERED,
    });
    expect(await contentsOf(await holdStream(begin(...filtered).events, accepting))).toHaveLength(3);
  });
});
