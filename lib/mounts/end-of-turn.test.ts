import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { atEndOfTurn } from "./end-of-turn.ts";

test("what a turn has come to is done at its end, in its order", async () => {
  const done: number[] = [];
  for (const one of [1, 2, 3]) atEndOfTurn(() => done.push(one));
  await Promise.resolve();
  expect(done).toEqual([]);
  await nextTurn();
  expect(done).toEqual([1, 2, 3]);
});

test("what comes of it waits for the turn after", async () => {
  const done: string[] = [];
  atEndOfTurn(() => {
    done.push("first");
    atEndOfTurn(() => done.push("second"));
  });
  await nextTurn();
  expect(done).toEqual(["first"]);
  await nextTurn();
  expect(done).toEqual(["first", "second"]);
});
