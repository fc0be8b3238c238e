import { expect, test } from "vitest";
import { landingAt, landsBeside, placeDuring } from "./drag-order.ts";

/** Rows of 40, 80 and 40: their middles are at 20, 80 and 140. */
const boxes = [
  { top: 0, bottom: 40 },
  { top: 40, bottom: 120 },
  { top: 120, bottom: 160 },
];

test.each([
  ["above everything, it is the first", 2, -100, 0],
  ["below everything, it is the last", 0, 900, 2],
  ["over itself, it stays", 1, 60, 1],
  ["past the middle of the one after it, it changes places with that", 0, 81, 1],
  ["before that middle, it does not yet", 0, 79, 0],
  ["past the middle of the one before it, it changes places with that", 2, 79, 1],
])("let go %s", (_, from, y, to) => {
  expect(landingAt(boxes, from, y)).toBe(to);
});

test.each([
  ["nothing is dragged", null, [0, 1, 2, 3]],
  ["one is where it was", { from: 1, to: 1 }, [0, 1, 2, 3]],
  ["one goes down", { from: 0, to: 2 }, [2, 0, 1, 3]],
  ["one goes up", { from: 3, to: 1 }, [0, 2, 3, 1]],
])("the rows are numbered as they would stand: %s", (_, drag, places) => {
  expect([0, 1, 2, 3].map((at) => placeDuring(drag, at))).toEqual(places);
});

test.each([
  ["below the last that it passes on its way down", { from: 0, to: 2 }, [null, null, "below", null]],
  ["above the last that it passes on its way up", { from: 3, to: 1 }, [null, "above", null, null]],
  ["nowhere new while it is where it was", { from: 1, to: 1 }, [null, null, null, null]],
])("a row lands %s", (_, drag, sides) => {
  expect([0, 1, 2, 3].map((at) => landsBeside(drag, at))).toEqual(sides);
});
