import { expect, test } from "vitest";
import { fillDefaults } from "./fill-defaults.ts";

const RULES = { defaults: { temperature: 0.2, maxOutputTokens: 500 }, refuses: [] };

test("the function's defaults are added where the caller said nothing", () => {
  expect(fillDefaults({ input: "x", temperature: null }, RULES)).toEqual({ temperature: 0.2, max_output_tokens: 500 });
});

test("what the caller said stands", () => {
  expect(fillDefaults({ temperature: 0, max_output_tokens: 1 }, RULES)).toEqual({});
});

test("no temperature is added beside the caller's top_p", () => {
  expect(fillDefaults({ top_p: 0.5 }, RULES)).toEqual({ max_output_tokens: 500 });
});

test("nothing is added that the model refuses", () => {
  expect(fillDefaults({}, { ...RULES, refuses: ["temperature", "max_output_tokens"] })).toEqual({});
});
