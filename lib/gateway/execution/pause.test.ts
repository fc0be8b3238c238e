import { expect, test } from "vitest";
import { createFakeClock, settled } from "#e2e/isolation/support/fake-clock.ts";
import { pause } from "./pause.ts";

function begin(signal: AbortSignal) {
  const clock = createFakeClock();
  const log = { isOver: false };
  void pause(clock, 1_000, signal).then(() => {
    log.isOver = true;
  });
  return { clock, log };
}

test("a pause lasts as long as it was meant to", async () => {
  const { clock, log } = begin(new AbortController().signal);
  await clock.advance(999);
  expect(log.isOver).toBe(false);
  await clock.advance(1);
  expect(log.isOver).toBe(true);
});

test("a caller that leaves ends it at once, and no timer stays", async () => {
  const caller = new AbortController();
  const { clock, log } = begin(caller.signal);
  await clock.advance(10);
  caller.abort();
  await settled();
  expect([log.isOver, clock.pending()]).toEqual([true, 0]);
});

test("it does not begin for a caller that has left", async () => {
  const { clock, log } = begin(AbortSignal.abort());
  await settled();
  expect([log.isOver, clock.pending()]).toEqual([true, 0]);
});
