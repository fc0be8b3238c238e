import { type Column, DataTable } from "#components/data-table/data-table.tsx";
import { formatDuration } from "#lib/format/duration.ts";
import { formatInteger } from "#lib/format/numbers.ts";
import { formatDay, formatHour } from "#lib/format/time.ts";
import type { HealthHistory } from "#lib/services/connections/health/schemas.ts";
import { failureWords } from "./failure-words.ts";

type Bucket = HealthHistory["data"][number];

const COLUMNS: Column<Bucket>[] = [
  {
    id: "start",
    header: "From (UTC)",
    isRowHeader: true,
    cell: ({ start }) => (
      <span className="figures whitespace-nowrap">
        {formatDay(start)} {formatHour(start)}
      </span>
    ),
  },
  { id: "checks", header: "Checks", align: "end", cell: ({ checks }) => formatInteger(checks) },
  { id: "failures", header: "Failed", align: "end", cell: ({ failures }) => formatInteger(failures) },
  {
    id: "latency",
    header: "Average",
    align: "end",
    cell: ({ averageLatencyMs }) => (averageLatencyMs === null ? "–" : formatDuration(averageLatencyMs)),
  },
  {
    id: "failure",
    header: "Last failure",
    cell: ({ failureKind }) =>
      failureKind !== null && <span className="whitespace-nowrap">{failureWords(failureKind)}</span>,
  },
];

/** The numbers of the strip, newest first; when there was no check there is no row. */
export function HistoryTable({ history }: { history: HealthHistory }) {
  const rows = history.data.filter(({ checks }) => checks > 0).toReversed();
  if (rows.length === 0) return <p className="text-sm text-ink-subtle">There was no check in this time.</p>;
  return (
    <DataTable caption="Checks of this server" columns={COLUMNS} rows={rows} rowKey={({ start }) => start} isMatrix />
  );
}
