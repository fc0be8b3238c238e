import { expect, test } from "vitest";
import { z } from "zod";
import { listOf } from "./list-of.ts";

const numbers = listOf(z.looseObject({ value: z.number("must be a number") }));

test("a list passes as it is", () => {
  const list = [{ value: 1, more: true }, { value: 2 }];
  expect(numbers.parse(list)).toBe(list);
});

test("the first wrong element is named with its place", () => {
  const issues = numbers.safeParse([{ value: 1 }, { value: "2" }, { value: "3" }]).error?.issues;
  expect(issues).toMatchObject([{ path: [1, "value"], message: "must be a number" }]);
});

test.each([[null], [undefined], [{}], ["a"]])("%j is no list", (value) => {
  expect(numbers.safeParse(value).error?.issues).toMatchObject([{ path: [], message: "must be a list" }]);
});

test("nothing is looked at after the first wrong element, of however many", () => {
  let looked = 0;
  const wrong = z.custom(() => {
    looked += 1;
    return false;
  });
  expect(listOf(wrong).safeParse(new Array(3_000_000).fill(1)).error?.issues).toHaveLength(1);
  expect(looked).toBe(1);
});
