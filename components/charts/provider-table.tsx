import { type Column, DataTable } from "#components/data-table/data-table.tsx";
import { formatInteger } from "#lib/format/numbers.ts";
import { formatBucket } from "#lib/format/time.ts";
import type { UsageDto } from "#lib/services/usage/schemas.ts";
import { ProviderName } from "./provider-name.tsx";
import { formatShares, type Measure, providersOf } from "./provider-series.ts";

type Point = UsageDto["series"][number];

/** The numbers of the chart, newest bucket first. */
export function ProviderTable({ usage, measure }: { usage: UsageDto; measure: Measure }) {
  const columns: Column<Point>[] = [
    {
      id: "start",
      header: usage.bucket === "day" ? "Day" : "Hour",
      isRowHeader: true,
      cell: (point) => <Start {...{ usage, point }} />,
    },
    ...providersOf(usage.series).map(
      (provider): Column<Point> => ({
        id: provider,
        header: <ProviderName provider={provider} />,
        align: "end",
        cell: (point) =>
          formatShares(
            point.byProvider.filter((share) => share.provider === provider),
            measure,
          ),
      }),
    ),
    { id: "total", header: "Total", align: "end", cell: (point) => formatShares(point.byProvider, measure) },
    { id: "failures", header: "Failed requests", align: "end", cell: (point) => formatInteger(point.failures) },
  ];
  return (
    <DataTable
      caption={measure === "cost" ? "Cost by provider over time" : "Requests by provider over time"}
      columns={columns}
      rows={usage.series.toReversed()}
      rowKey={(point) => point.start}
      isMatrix
    />
  );
}

function Start({ usage, point }: { usage: UsageDto; point: Point }) {
  return (
    <span className="whitespace-nowrap">
      <span className="figures">{formatBucket(point.start, usage.bucket)}</span>
      {!point.isComplete && <span className="ml-2 text-xs text-ink-subtle">still filling</span>}
    </span>
  );
}
