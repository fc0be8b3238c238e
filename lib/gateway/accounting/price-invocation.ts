import type { AttemptRecord } from "../contract/invocation.ts";
import type { GatewayPorts } from "../ports.ts";
import { costNanoUsd } from "./cost.ts";

/**
 * Fills in what each attempt cost and answers their sum in nano-dollars. Null when tokens were used whose price is not
 * known: an unpriced call must never look free. A failed attempt for which the provider reported no tokens costs nothing.
 */
export function priceAttempts(
  prices: GatewayPorts["prices"],
  attempts: readonly AttemptRecord[],
  at: Date,
): bigint | null {
  let total: bigint | null = 0n;
  for (const attempt of attempts) {
    if (attempt.usage === null) {
      if (attempt.status !== "failed") total = null;
      continue;
    }
    const price = prices.find(attempt.pricedAs, attempt.model, at);
    attempt.costNanoUsd = price === null ? null : costNanoUsd(attempt.usage, price);
    if (attempt.costNanoUsd === null) total = null;
    else if (total !== null) total += attempt.costNanoUsd;
  }
  return total;
}
