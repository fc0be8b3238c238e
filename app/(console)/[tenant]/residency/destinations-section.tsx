"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { ProviderName } from "#components/charts/provider-name.tsx";
import { type Column, DataTable } from "#components/data-table/data-table.tsx";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { LoadingRegion, Skeleton } from "#components/ui/skeleton.tsx";
import { formatInteger } from "#lib/format/numbers.ts";
import { formatBucket, formatDateTime } from "#lib/format/time.ts";
import { destinationsOptions } from "#lib/queries/residency.ts";
import type { DestinationDto, DestinationList } from "#lib/services/residency/schemas.ts";
import { Regions } from "./places-section.tsx";
import { daysOf, lastDays, PERIODS, residencySearchParams } from "./search-params.ts";
import { StatementPanel } from "./statement-panel.tsx";

const PERIOD_OPTIONS = PERIODS.map((value) => ({ value, label: value === "1d" ? "24h" : value }));

/** Every end that was contacted in a period, and the statement of it. */
export function DestinationsSection({ tenant }: { tenant: string }) {
  const [period, setPeriod] = useQueryState("period", residencySearchParams.period);
  const days = daysOf(period);
  const query = useQuery({ ...destinationsOptions(tenant, lastDays(days)), placeholderData: keepPreviousData });
  return (
    <section aria-labelledby="destinations-heading" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div className="flex flex-col gap-0.5">
          <h2 id="destinations-heading" className="font-semibold">
            Where calls went
          </h2>
          <p className="max-w-prose text-ink-muted">
            Every address that was connected to on this tenant’s behalf, tests of connections included.
          </p>
        </div>
        <Segmented label="Period" value={period} onChange={setPeriod} options={PERIOD_OPTIONS} />
      </div>
      {query.data && <Destinations list={query.data} />}
      {!query.data && query.error && (
        <ErrorState
          title="The destinations could not be loaded."
          error={query.error}
          onRetry={() => void query.refetch()}
          isRetrying={query.isFetching}
        />
      )}
      {!query.data && !query.error && (
        <LoadingRegion label="Loading the destinations">
          <div className="panel p-4">
            <Skeleton className="h-32" />
          </div>
        </LoadingRegion>
      )}
      <StatementPanel key={period} tenant={tenant} days={days} />
    </section>
  );
}

function Destinations({ list }: { list: DestinationList }) {
  if (list.data.length === 0) {
    return (
      <p className="panel p-4 text-sm text-ink-muted">
        Nothing was contacted between <span className="figures">{formatDateTime(list.from)}</span> and{" "}
        <span className="figures">{formatDateTime(list.to)}</span>. Simulated answers are made here and contact nobody.
      </p>
    );
  }
  const columns: Column<DestinationDto>[] = [
    {
      id: "host",
      header: "Host",
      isRowHeader: true,
      cell: ({ host, port }) => (
        <span className="figures">
          {host}:{port}
        </span>
      ),
    },
    { id: "provider", header: "Provider", cell: ({ provider }) => <ProviderName provider={provider} /> },
    {
      id: "connection",
      header: "Account",
      cell: ({ connectionId, connectionName }) =>
        connectionName ?? (
          <span className="text-ink-subtle">{connectionId === "" ? "A test before saving" : "Removed since"}</span>
        ),
    },
    { id: "regions", header: "Regions", cell: ({ regions }) => <Regions regions={regions} /> },
    { id: "first", header: "First", cell: ({ counts }) => <Bucket start={counts[0]?.start} list={list} /> },
    { id: "last", header: "Last", cell: ({ counts }) => <Bucket start={counts.at(-1)?.start} list={list} /> },
    { id: "attempts", header: "Attempts", align: "end", cell: ({ attempts }) => formatInteger(attempts) },
  ];
  return (
    <DataTable
      caption="Destinations"
      columns={columns}
      rows={list.data}
      rowKey={({ connectionId, provider, host, port }) => [connectionId, provider, host, port].join(" ")}
    />
  );
}

function Bucket({ start, list }: { start: string | undefined; list: DestinationList }) {
  return <span className="figures whitespace-nowrap">{start && formatBucket(start, list.interval)}</span>;
}
