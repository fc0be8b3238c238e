import { describe, expect, test } from "vitest";
import { makeTarget } from "#e2e/isolation/support/gateway.ts";
import { fillDefaults } from "./fill-defaults.ts";

const messages = [{ role: "user", content: "hi" }];
const defaults = { temperature: 0.2, maxOutputTokens: 400 };
const fill = (body: object, refuses: string[] = []) =>
  fillDefaults({ messages, ...body }, makeTarget({ defaults, refuses }));

describe("a function's defaults", () => {
  test.each<[string, object, string[], object]>([
    ["are added where the caller said nothing", {}, [], { temperature: 0.2, max_completion_tokens: 400 }],
    [
      "are added where the caller said null",
      { temperature: null, max_tokens: null },
      [],
      { temperature: 0.2, max_completion_tokens: 400 },
    ],
    ["leave the caller's temperature alone, zero too", { temperature: 0 }, [], { max_completion_tokens: 400 }],
    ["add no temperature beside top_p", { top_p: 0.5 }, [], { max_completion_tokens: 400 }],
    ["add no second limit beside max_tokens", { max_tokens: 9 }, [], { temperature: 0.2 }],
    ["leave the caller's max_completion_tokens alone", { max_completion_tokens: 9 }, [], { temperature: 0.2 }],
    ["leave out a temperature that the model refuses", {}, ["temperature"], { max_completion_tokens: 400 }],
    [
      "take the older limit where the newer is refused",
      {},
      ["max_completion_tokens"],
      { temperature: 0.2, max_tokens: 400 },
    ],
    ["leave out a limit where both are refused", {}, ["max_completion_tokens", "max_tokens"], { temperature: 0.2 }],
  ])("%s", (_, body, refuses, expected) => {
    expect(fill(body, refuses)).toEqual(expected);
  });
});

describe("the caller's limit bears the name that the model knows", () => {
  test.each<[string, object, string[], object]>([
    ["the newer", { max_tokens: 9 }, ["max_tokens"], { max_tokens: undefined, max_completion_tokens: 9 }],
    [
      "the older",
      { max_completion_tokens: 9 },
      ["max_completion_tokens"],
      { max_tokens: 9, max_completion_tokens: undefined },
    ],
    ["its own, where the model knows none", { max_tokens: 9 }, ["max_tokens", "max_completion_tokens"], {}],
    ["each its own, where the caller said both", { max_tokens: 9, max_completion_tokens: 8 }, ["max_tokens"], {}],
  ])("%s", (_, body, refuses, expected) => {
    expect(fillDefaults({ messages, ...body }, makeTarget({ refuses }))).toStrictEqual(expected);
  });
});

test("what else the caller sent is never touched, even if the model refuses it", () => {
  expect(fill({ temperature: 1 }, ["temperature"])).toEqual({ max_completion_tokens: 400 });
});

test("a function without defaults adds nothing", () => {
  expect(fillDefaults({ messages }, makeTarget())).toEqual({});
});

test("the caller's body itself is not changed: the next target starts from it afresh", () => {
  const body = Object.freeze({ messages });
  fillDefaults(body, makeTarget({ defaults }));
  expect(body).toEqual({ messages });
});
