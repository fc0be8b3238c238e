import { expect, test } from "vitest";
import { clock } from "./clock.ts";

test("nothing is called back before its time", async () => {
  const waits = Array.from({ length: 60 }, (_, at) => {
    const startedAtMs = clock.monotonicMs();
    const delayMs = 4 + at * 0.3;
    return new Promise<number>((resolve) => {
      clock.schedule(() => resolve(clock.monotonicMs() - startedAtMs - delayMs), delayMs);
    });
  });
  expect(Math.min(...(await Promise.all(waits)))).toBeGreaterThanOrEqual(0);
});

test("what is cancelled is not called back", async () => {
  let isCalled = false;
  clock.schedule(() => {
    isCalled = true;
  }, 1)();
  await new Promise<void>((resolve) => void clock.schedule(resolve, 10));
  expect(isCalled).toBe(false);
});
