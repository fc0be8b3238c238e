"use client";

import { useQueryStates } from "nuqs";
import { ProviderChart } from "#components/charts/provider-chart.tsx";
import { ProviderTable } from "#components/charts/provider-table.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import type { UsageDto } from "#lib/services/usage/schemas.ts";
import { overviewSearchParams } from "../search-params.ts";

const MEASURE_OPTIONS = [
  { value: "cost", label: "Cost" },
  { value: "requests", label: "Requests" },
] as const;
const VIEW_OPTIONS = [
  { value: "chart", label: "Chart" },
  { value: "table", label: "Table" },
] as const;

/** Cost or requests by provider over the range: as a picture or as the same numbers. */
export function UsageChart({ usage }: { usage: UsageDto }) {
  const { measure: measureParser, view: viewParser } = overviewSearchParams;
  const [{ measure, view }, setState] = useQueryStates({ measure: measureParser, view: viewParser });
  const isEmpty = usage.totals.requests === 0;
  return (
    <section aria-labelledby="usage-heading" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="usage-heading" className="font-semibold">
          {measure === "cost" ? "Cost by provider, US dollars" : "Requests by provider"}
        </h2>
        <div className="flex gap-2">
          <Segmented
            label="Measure"
            value={measure}
            onChange={(value) => void setState({ measure: value })}
            options={MEASURE_OPTIONS}
          />
          <Segmented
            label="View"
            value={view}
            onChange={(value) => void setState({ view: value })}
            options={VIEW_OPTIONS}
          />
        </div>
      </div>
      {isEmpty && <p className="panel p-6 text-ink-muted">No calls in this range. Choose a longer one.</p>}
      {!isEmpty && view === "chart" && (
        <div className="panel p-4">
          <ProviderChart usage={usage} measure={measure} />
        </div>
      )}
      {!isEmpty && view === "table" && <ProviderTable usage={usage} measure={measure} />}
    </section>
  );
}
