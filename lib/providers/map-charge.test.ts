import { expect, test } from "vitest";
import { mapCharge } from "./map-charge.ts";

test.each([
  ["dollars", { cost: 0.00183 }, 1_830_000n],
  ["dollars past a nano-dollar, rounded", { cost: 0.0076509169000000005 }, 7_650_917n],
  ["nothing, for a free model", { cost: 0 }, 0n],
  [
    "an account of one's own elsewhere, which is charged for besides",
    { cost: 0.00001, is_byok: true, cost_details: { upstream_inference_cost: 0.0003253 } },
    335_300n,
  ],
  [
    "what the model's provider had of it, which is in the whole already",
    { cost: 0.00183, is_byok: false, cost_details: { upstream_inference_cost: 0.00183 } },
    1_830_000n,
  ],
  ["a sum of parts", { cost: { input_tokens_cost: 0.001, request_cost: 0.005, total_cost: 0.006 } }, 6_000_000n],
  ["ticks", { cost_in_usd_ticks: 37_756_000 }, 3_775_600n],
])("%s", (_, usage, nanoUsd) => {
  expect(mapCharge(usage)).toBe(nanoUsd);
});

test.each([
  ["tokens alone", { prompt_tokens: 1 }],
  ["no usage", undefined],
  ["null", null],
  ["another kind", { cost: "0.1" }],
  ["less than nothing", { cost: -1 }],
  ["no number", { cost: Number.NaN }],
  ["more than any number", { cost_in_usd_ticks: Number.POSITIVE_INFINITY }],
])("%s is no word of a charge", (_, usage) => {
  expect(mapCharge(usage)).toBeUndefined();
});
