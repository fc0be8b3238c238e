import type { OwnPrice, Price } from "../contract/catalog.ts";
import type { AttemptRecord } from "../contract/invocation.ts";
import type { GatewayPorts } from "../ports.ts";
import { costNanoUsd } from "./cost.ts";

/**
 * Fills in what each attempt cost and answers their sum in nano-dollars. Null when tokens were used whose price is not
 * known: an unpriced call must never look free. A connection's own price counts before what its provider says that it
 * charged, and that before the list's. A failed attempt for which the provider reported no tokens costs nothing.
 */
export function priceAttempts(
  prices: GatewayPorts["prices"],
  attempts: readonly AttemptRecord[],
  at: Date,
): bigint | null {
  let total: bigint | null = 0n;
  for (const attempt of attempts) {
    if (attempt.usage === null && attempt.status === "failed") continue;
    attempt.costNanoUsd = priceAttempt(prices, attempt, at);
    if (attempt.costNanoUsd === null) total = null;
    else if (total !== null) total += attempt.costNanoUsd;
  }
  return total;
}

function priceAttempt(
  prices: GatewayPorts["prices"],
  { ownPrice, usage, latencyMs, pricedAs, model }: AttemptRecord,
  at: Date,
): bigint | null {
  if (ownPrice?.kind === "gpu-hour") return costOfTime(latencyMs, ownPrice);
  if (usage === null) return null;
  if (ownPrice !== null) return costNanoUsd(usage, asPrice(ownPrice));
  if (usage.chargedNanoUsd !== undefined && prices.reportsCharges(pricedAs)) return usage.chargedNanoUsd;
  const price = prices.find(pricedAs, model, at);
  return price === null ? null : costNanoUsd(usage, price);
}

const HOUR_US = 3_600_000_000n;

/** The machine's hour for as long as it was busy with the call, rounded half up. */
function costOfTime(latencyMs: number, { nanoUsdPerHour }: OwnPrice & { kind: "gpu-hour" }): bigint {
  const busyUs = BigInt(Math.max(0, Math.round(latencyMs * 1000)));
  return (busyUs * nanoUsdPerHour + HOUR_US / 2n) / HOUR_US;
}

/** The same for every token of a kind, cached or not. */
function asPrice({ inputNanoUsdPerMillion, outputNanoUsdPerMillion }: OwnPrice & { kind: "tokens" }): Price {
  const flat = (nanoUsdPerMillion: bigint) => ({ nanoUsdPerMillion, above: [] });
  return {
    validFrom: null,
    input: flat(inputNanoUsdPerMillion),
    output: flat(outputNanoUsdPerMillion),
    cachedInput: null,
    cacheWrite: null,
  };
}
