import { expect, test } from "vitest";
import { fillDefaults } from "./fill-defaults.ts";

const DEFAULTS = { temperature: 0.2, maxOutputTokens: 500 };
const fill = (body: Record<string, unknown>, refuses: string[] = [], defaults: object = DEFAULTS) =>
  fillDefaults(body, { defaults, refuses });

test("a function's defaults stand where the caller said nothing", () => {
  expect(fill({})).toEqual({ temperature: 0.2, max_tokens: 500 });
  expect(fill({ temperature: null, max_tokens: null })).toEqual({ temperature: 0.2, max_tokens: 500 });
});

test("what the caller said is not changed", () => {
  expect(fill({ temperature: 1, max_tokens: 7 })).toEqual({});
});

test("a limit is always there, because Anthropic refuses a request without", () => {
  expect(fill({}, ["max_tokens"], {})).toEqual({ max_tokens: 4096 });
});

test.each([
  ["the model refuses it", {}, ["temperature"]],
  ["the caller chose top_p", { top_p: 0.5 }, []],
  ["the model is to think", { thinking: { type: "adaptive" } }, []],
])("no temperature is added where %s", (_, body, refuses) => {
  expect(fill(body, refuses)).toEqual({ max_tokens: 500 });
});

test("thinking that is off leaves the temperature free", () => {
  expect(fill({ thinking: { type: "disabled" } })).toMatchObject({ temperature: 0.2 });
});

test("the limit leaves room beside the thoughts", () => {
  expect(fill({ thinking: { type: "enabled", budget_tokens: 1024 } })).toEqual({ max_tokens: 1524 });
  expect(fill({ thinking: { type: "enabled", budget_tokens: 300 } })).toEqual({ max_tokens: 500 });
});
