import { expect, test } from "vitest";
import { formatProviderTotal, formatShares, heightOf, providersOf } from "./provider-series.ts";

const point = (byProvider: { provider: string; requests: number; costNanoUsd: string }[]) => ({
  start: "2026-11-23T14:00:00.000Z",
  isComplete: true,
  requests: 0,
  failures: 0,
  byProvider,
});
const series = [
  point([{ provider: "openai", requests: 2, costNanoUsd: "1500000000" }]),
  point([
    { provider: "openai", requests: 1, costNanoUsd: "1" },
    { provider: "anthropic", requests: 4, costNanoUsd: "250000000" },
  ]),
];

test("bars stand in the order of names, not of arrival", () => {
  expect(providersOf(series)).toEqual(["anthropic", "openai"]);
});

test("a provider without calls in a bucket has no height there", () => {
  expect(series.map((bucket) => heightOf(bucket, "anthropic", "requests"))).toEqual([0, 4]);
});

test("sums are exact although bars are not", () => {
  expect(formatProviderTotal(series, "openai", "cost")).toBe("$1.50");
  expect(formatShares(series[1]?.byProvider ?? [], "cost")).toBe("$0.25");
  expect(formatShares([], "requests")).toBe("0");
});
