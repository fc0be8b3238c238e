import { StatTile } from "#components/charts/stat-tile.tsx";
import { Unknown } from "#components/invocation/unknown.tsx";
import { percentChange, pointChange } from "#lib/format/change.ts";
import { formatDuration } from "#lib/format/duration.ts";
import { formatMoney } from "#lib/format/money.ts";
import { formatCompact, formatInteger, formatShare, shareOf } from "#lib/format/numbers.ts";
import type { Range, UsageDto, UsageTotals } from "#lib/services/usage/schemas.ts";

const BEFORE: Readonly<Record<Range, string>> = {
  "24h": "the 24 hours before",
  "7d": "the 7 days before",
  "30d": "the 30 days before",
};

/** The range in five figures, each against the same length of time before. */
export function StatTiles({ usage }: { usage: UsageDto }) {
  const { totals, previous } = usage;
  const comparedWith = BEFORE[usage.range];
  const errorRate = shareOf(totals.failures, totals.requests);
  return (
    <dl className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-5" aria-label="Figures of the range">
      <StatTile
        label="Requests"
        value={formatInteger(totals.requests)}
        change={percentChange(totals.requests, previous.requests)}
        comparedWith={comparedWith}
      />
      <StatTile
        label="Error rate"
        value={errorRate === null ? <Unknown because="No calls, no rate." /> : formatShare(errorRate)}
        change={pointChange(errorRate, shareOf(previous.failures, previous.requests))}
        comparedWith={comparedWith}
        isLowerBetter
        note={totals.failures > 0 && `${formatInteger(totals.failures)} failed`}
      />
      <StatTile
        label="Tokens in → out"
        value={<TokenTotals totals={totals} />}
        change={percentChange(tokensOf(totals), tokensOf(previous))}
        comparedWith={comparedWith}
        note={totals.cachedInputTokens > 0 && `${formatCompact(totals.cachedInputTokens)} of them read from cache`}
      />
      <StatTile
        label="Cost"
        value={formatMoney(totals.costNanoUsd)}
        change={percentChange(BigInt(totals.costNanoUsd), BigInt(previous.costNanoUsd))}
        comparedWith={comparedWith}
        note={totals.unpriced > 0 && `without ${formatInteger(totals.unpriced)} calls that have no known price`}
      />
      <StatTile
        label="p95 latency"
        value={
          totals.p95LatencyMs === null ? (
            <Unknown because="No calls, no latency." />
          ) : (
            formatDuration(totals.p95LatencyMs)
          )
        }
        change={totals.p95LatencyMs === null ? null : percentChange(totals.p95LatencyMs, previous.p95LatencyMs ?? 0)}
        comparedWith={comparedWith}
        isLowerBetter
      />
    </dl>
  );
}

function TokenTotals({ totals }: { totals: UsageTotals }) {
  return (
    <span title={`${formatInteger(totals.inputTokens)} in, ${formatInteger(totals.outputTokens)} out`}>
      {formatCompact(totals.inputTokens)}
      <span aria-hidden className="text-ink-subtle">
        {" → "}
      </span>
      <span className="sr-only"> in, </span>
      {formatCompact(totals.outputTokens)}
      <span className="sr-only"> out</span>
    </span>
  );
}

function tokensOf(totals: UsageTotals): number {
  return totals.inputTokens + totals.outputTokens;
}
