import { expect, test } from "vitest";
import { FUNCTIONS } from "#lib/catalog/functions.ts";
import { compareWith } from "./compare.ts";
import { CALL_SHARES } from "./mix.ts";

const GEMINI = { provider: "google", model: "gemini-3.1-pro-preview" };

test("the mix is of every function that answers, and makes a hundred per cent", () => {
  const answering = FUNCTIONS.filter(({ needs }) => !needs.capabilities.includes("embeddings"));
  expect(Object.keys(CALL_SHARES).sort()).toEqual(answering.map(({ slug }) => slug).sort());
  expect(Object.values(CALL_SHARES).reduce((sum, share) => sum + share, 0)).toBe(100);
});

test("a function whose pick is the baseline saves nothing and loses nothing", () => {
  const [performance] = compareWith(GEMINI, { "reply-drafting": 1 });
  expect(performance?.saving).toBe(0);
  expect(performance?.lines[0]?.quality).toBe(performance?.lines[0]?.baselineQuality);
});

test("the saving is of the whole mix's cost, each function by its share", () => {
  const [, , economy] = compareWith(GEMINI, { "reply-drafting": 3, "document-summary": 1 });
  const [drafting, summary] = economy?.lines ?? [];
  if (!drafting || !summary) throw new Error("no lines");
  const cost = 3 * drafting.cost + summary.cost;
  expect(economy?.saving).toBeCloseTo(1 - cost / (3 * drafting.baselineCost + summary.baselineCost));
});

test("a model without figures is no baseline", () => {
  expect(() => compareWith({ provider: "openai", model: "gpt-5.4" }, CALL_SHARES)).toThrow("has no figures");
});
