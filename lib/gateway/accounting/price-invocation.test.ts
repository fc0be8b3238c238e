import { expect, test } from "vitest";
import { makeAttempt, makeUsage } from "#e2e/isolation/support/gateway.ts";
import type { Price } from "../contract/catalog.ts";
import { priceAttempts } from "./price-invocation.ts";

const AT = new Date("2026-01-01T00:00:00Z");
const flat = (nanoUsdPerMillion: bigint) => ({ nanoUsdPerMillion, above: [] });
/** 1,000 nano-dollars a token in, 2,000 out. */
const PRICE: Price = {
  validFrom: null,
  input: flat(1_000_000_000n),
  output: flat(2_000_000_000n),
  cachedInput: null,
  cacheWrite: null,
};
const prices = {
  find: (provider: string) => (provider === "acme" ? PRICE : null),
  reportsCharges: (provider: string) => provider === "acme",
};
const used = makeUsage(10, 5);

test("the call costs what all its attempts cost together, each written on its own", () => {
  const attempts = [makeAttempt({ status: "failed", usage: makeUsage(1, 0) }), makeAttempt({ number: 2, usage: used })];
  expect(priceAttempts(prices, attempts, AT)).toBe(21_000n);
  expect(attempts.map(({ costNanoUsd }) => costNanoUsd)).toEqual([1_000n, 20_000n]);
});

test("a failed attempt without reported tokens costs nothing", () => {
  expect(priceAttempts(prices, [makeAttempt({ status: "failed" }), makeAttempt({ usage: used })], AT)).toBe(20_000n);
});

test("a call that reached no provider costs nothing", () => {
  expect(priceAttempts(prices, [], AT)).toBe(0n);
});

test.each([
  ["tokens whose price is not known", [makeAttempt({ pricedAs: "ghost", usage: used })]],
  ["an answer whose tokens are not known", [makeAttempt({ usage: null })]],
  ["a call left early, before its tokens were known", [makeAttempt({ status: "aborted", usage: null })]],
  [
    "one unpriced attempt among priced ones",
    [makeAttempt({ usage: used }), makeAttempt({ pricedAs: "ghost", usage: used })],
  ],
])("%s leave the cost unknown, never zero", (_, attempts) => {
  expect(priceAttempts(prices, attempts, AT)).toBeNull();
});

test("a priced attempt keeps its cost even when the whole is unknown", () => {
  const attempts = [makeAttempt({ usage: used }), makeAttempt({ pricedAs: "ghost", usage: used })];
  priceAttempts(prices, attempts, AT);
  expect(attempts.map(({ costNanoUsd }) => costNanoUsd)).toEqual([20_000n, null]);
});

test("a simulated answer is priced as the model it plays, at the call's moment", () => {
  const asked: unknown[] = [];
  const find = (...question: unknown[]) => {
    asked.push(question);
    return PRICE;
  };
  priceAttempts(
    { ...prices, find },
    [makeAttempt({ provider: "demo", pricedAs: "acme", model: "m", usage: used })],
    AT,
  );
  expect(asked).toEqual([["acme", "m", AT]]);
});

test("what the provider says it charged counts before the list, if it is one whose word is in dollars", () => {
  const usage = { ...used, chargedNanoUsd: 777n };
  expect(priceAttempts(prices, [makeAttempt({ usage }), makeAttempt({ usage: used })], AT)).toBe(20_777n);
  expect(priceAttempts(prices, [makeAttempt({ usage: { ...usage, chargedNanoUsd: 0n } })], AT)).toBe(0n);
  expect(priceAttempts(prices, [makeAttempt({ pricedAs: "ghost", usage })], AT)).toBeNull();
  expect(priceAttempts(prices, [makeAttempt({ ownPrice: OWN_TOKENS, usage })], AT)).toBe(5_000n);
});

const OWN_TOKENS = { kind: "tokens", inputNanoUsdPerMillion: 500_000_000n, outputNanoUsdPerMillion: 0n } as const;
/** $3.60 an hour is a nano-dollar a microsecond. */
const OWN_HOUR = { kind: "gpu-hour", nanoUsdPerHour: 3_600_000_000n } as const;

test("a connection's own price a token counts before the list's, cached tokens like any other", () => {
  const usage = { ...used, cachedInputTokens: 4 };
  const attempts = [makeAttempt({ ownPrice: OWN_TOKENS, usage }), makeAttempt({ number: 2, usage: used })];
  expect(priceAttempts(prices, attempts, AT)).toBe(25_000n);
  expect(attempts.map(({ costNanoUsd }) => costNanoUsd)).toEqual([5_000n, 20_000n]);
});

test("a model without a listed price is priced where the connection has one of its own", () => {
  expect(priceAttempts(prices, [makeAttempt({ pricedAs: "vllm", ownPrice: OWN_TOKENS, usage: used })], AT)).toBe(
    5_000n,
  );
});

test("a machine that is paid by the hour costs the time it was busy, whether its tokens are known or not", () => {
  const busy = makeAttempt({ ownPrice: OWN_HOUR, latencyMs: 1_500.25 });
  expect(priceAttempts(prices, [busy], AT)).toBe(1_500_250n);
  expect(priceAttempts(prices, [{ ...busy, usage: used }], AT)).toBe(1_500_250n);
  expect(priceAttempts(prices, [{ ...busy, status: "aborted" }], AT)).toBe(1_500_250n);
});

test("an own server that failed without an answer costs nothing", () => {
  const down = makeAttempt({ ownPrice: OWN_HOUR, status: "failed", latencyMs: 9_000 });
  expect(priceAttempts(prices, [down], AT)).toBe(0n);
  expect(down.costNanoUsd).toBeNull();
});
