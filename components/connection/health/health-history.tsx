"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { LoadingRegion, Skeleton } from "#components/ui/skeleton.tsx";
import { formatDay, formatHour } from "#lib/format/time.ts";
import { healthHistoryOptions } from "#lib/queries/connections.ts";
import type { HealthHistory, HealthRange } from "#lib/services/connections/health/schemas.ts";
import { HistoryStrip } from "./history-strip.tsx";
import { HistoryTable } from "./history-table.tsx";

const RANGES = [
  { value: "24h", label: "24 h" },
  { value: "7d", label: "7 days" },
] as const;
const VIEWS = [
  { value: "strip", label: "Strip" },
  { value: "table", label: "Table" },
] as const;
type View = (typeof VIEWS)[number]["value"];

const PERIODS = { "24h": "the last 24 hours", "7d": "the last 7 days" } as const satisfies Record<HealthRange, string>;

/** How a server was, over a day or a week. */
export function HealthHistoryView({ tenant, connectionId }: { tenant: string; connectionId: string }) {
  const [range, setRange] = useState<HealthRange>("24h");
  const [view, setView] = useState<View>("strip");
  const query = useQuery({ ...healthHistoryOptions(tenant, connectionId, range), placeholderData: keepPreviousData });
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Segmented label="Range" value={range} onChange={setRange} options={RANGES} />
        <Segmented label="View" value={view} onChange={setView} options={VIEWS} />
      </div>
      {query.data !== undefined ? (
        <Shown history={query.data} view={view} />
      ) : query.error !== null ? (
        <ErrorState
          title="The history could not be loaded."
          error={query.error}
          onRetry={() => void query.refetch()}
          isRetrying={query.isFetching}
        />
      ) : (
        <LoadingRegion label="Loading the history">
          <Skeleton className="h-15" />
        </LoadingRegion>
      )}
    </div>
  );
}

function Shown({ history, view }: { history: HealthHistory; view: View }) {
  if (view === "table") return <HistoryTable history={history} />;
  const { range, data } = history;
  const [first] = data;
  return (
    <div className="flex flex-col gap-1">
      <HistoryStrip buckets={data} period={PERIODS[range]} />
      <p aria-hidden className="flex justify-between text-xs text-ink-subtle">
        <span className="figures">
          {first && formatDay(first.start)} {first && formatHour(first.start)} UTC
        </span>
        <span>now</span>
      </p>
    </div>
  );
}
