import { expect, test } from "vitest";
import { makePlan } from "#e2e/isolation/support/engine.ts";
import { makeTarget } from "#e2e/isolation/support/gateway.ts";
import { compileCatalog } from "#lib/catalog/index.ts";
import { describePlan } from "./describe-plan.ts";

const catalog = compileCatalog();
const own = { firstTokenTimeoutMs: 300, answerTimeoutMs: 700, maxRetries: 0 };
/** Their connection gives a second until the first token. */
const plan = makePlan([makeTarget(), makeTarget({ patience: own }), makeTarget()]);
const patienceOf = (isReasoning: boolean) =>
  describePlan(catalog, plan, { isReasoning }).targets.map(({ patience }) => Object.values(patience));

test("each target says how long and how often it is waited for: by its chain, else as usual", () => {
  expect(patienceOf(false)).toEqual([
    [1_000, 5_000, 1],
    [300, 700, 0],
    [1_000, 5_000, 2],
  ]);
});

test("a request that lets the model think first is waited for longer, where the chain does not say", () => {
  expect(patienceOf(true).map(([firstTokenTimeoutMs]) => firstTokenTimeoutMs)).toEqual([5_000, 300, 5_000]);
});
