"use client";

import { useId } from "react";
import { Bar, BarChart, CartesianGrid, Cell, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { formatBucket, formatDay, formatHour } from "#lib/format/time.ts";
import type { UsageDto } from "#lib/services/usage/schemas.ts";
import { ProviderName } from "./provider-name.tsx";
import {
  formatProviderTotal,
  formatShares,
  formatTick,
  heightOf,
  type Measure,
  providersOf,
} from "./provider-series.ts";
import { providerColor } from "./series-color.ts";

const HEIGHT_PX = 240;
const tickStyle = { fill: "var(--ink-subtle)", fontSize: 11, fontFamily: "var(--font-mono)" };

interface ProviderChartProps {
  usage: UsageDto;
  measure: Measure;
}

/** Stacked bars by provider. A picture of the table beside it, which holds the same numbers for those who cannot see it. */
export function ProviderChart({ usage, measure }: ProviderChartProps) {
  const hatchId = useId();
  const providers = providersOf(usage.series);
  const formatStart = usage.range === "24h" ? formatHour : formatDay;
  return (
    <div className="flex flex-col gap-3">
      <p className="sr-only">A bar chart. Choose the table view for the same numbers.</p>
      {/* Until it is measured the chart is wider than a phone. */}
      <div aria-hidden className="h-60 overflow-x-clip">
        <ResponsiveContainer width="100%" height={HEIGHT_PX} initialDimension={{ width: 800, height: HEIGHT_PX }}>
          <BarChart
            data={[...usage.series]}
            accessibilityLayer={false}
            margin={{ top: 8, right: 16, bottom: 0, left: 0 }}
            maxBarSize={48}
          >
            <defs>
              {providers.map((provider) => (
                <Hatch key={provider} id={`${hatchId}${provider}`} provider={provider} />
              ))}
            </defs>
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="start"
              tickFormatter={formatStart}
              tick={tickStyle}
              tickLine={false}
              axisLine={{ stroke: "var(--line)" }}
              minTickGap={24}
            />
            <YAxis
              tickFormatter={(value: number) => formatTick(value, measure)}
              tick={tickStyle}
              tickLine={false}
              axisLine={false}
              width={72}
              allowDecimals={measure === "cost"}
            />
            <Tooltip
              cursor={{ fill: "var(--hover)" }}
              isAnimationActive={false}
              content={({ active, label }) =>
                active ? <BucketTooltip {...{ usage, measure }} start={String(label)} /> : null
              }
            />
            {providers.map((provider) => (
              <Bar
                key={provider}
                dataKey={(point: UsageDto["series"][number]) => heightOf(point, provider, measure)}
                name={provider}
                stackId="providers"
                fill={providerColor(provider)}
                stroke="var(--surface)"
                strokeWidth={1}
                isAnimationActive={false}
              >
                {usage.series.map((point) => (
                  <Cell
                    key={point.start}
                    fill={point.isComplete ? providerColor(provider) : `url(#${hatchId}${provider})`}
                  />
                ))}
              </Bar>
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
      <Legend {...{ usage, measure, providers }} />
    </div>
  );
}

/** Marks the bucket that is still filling. */
function Hatch({ id, provider }: { id: string; provider: string }) {
  return (
    <pattern id={id} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width={6} height={6} fill="var(--surface)" />
      <rect width={3} height={6} fill={providerColor(provider)} />
    </pattern>
  );
}

function Legend({ usage, measure, providers }: ProviderChartProps & { providers: readonly string[] }) {
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-1 text-sm">
      <ul aria-label="Totals by provider" className="contents">
        {providers.map((provider) => (
          <li key={provider} className="flex items-center gap-2">
            <ProviderName provider={provider} />
            <span className="figures text-ink-muted">{formatProviderTotal(usage.series, provider, measure)}</span>
          </li>
        ))}
      </ul>
      {usage.series.some((point) => !point.isComplete) && (
        <span className="text-ink-subtle">Hatched: {usage.bucket} still filling</span>
      )}
    </div>
  );
}

function BucketTooltip({ usage, measure, start }: ProviderChartProps & { start: string }) {
  const point = usage.series.find((candidate) => candidate.start === start);
  if (!point) return null;
  return (
    <div className="panel min-w-44 p-2 text-sm shadow-float">
      <p className="mb-1 text-xs text-ink-subtle">
        {formatBucket(point.start, usage.bucket)}
        {!point.isComplete && ", still filling"}
      </p>
      {point.byProvider.map((share) => (
        <p key={share.provider} className="flex justify-between gap-4">
          <ProviderName provider={share.provider} />
          <span className="figures">{formatShares([share], measure)}</span>
        </p>
      ))}
      <p className="mt-1 flex justify-between gap-4 border-t pt-1">
        Total <span className="figures">{formatShares(point.byProvider, measure)}</span>
      </p>
    </div>
  );
}
