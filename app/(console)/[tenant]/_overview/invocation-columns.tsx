import type { MouseEvent } from "react";
import { ProviderName } from "#components/charts/provider-name.tsx";
import type { Column } from "#components/data-table/data-table.tsx";
import { Cost, Tokens } from "#components/invocation/figures.tsx";
import { SimulatedBadge } from "#components/invocation/simulated-badge.tsx";
import { StatusBadge } from "#components/invocation/status-badge.tsx";
import { Unknown } from "#components/invocation/unknown.tsx";
import { formatDuration } from "#lib/format/duration.ts";
import { formatDateTime, formatTimeInColumn } from "#lib/format/time.ts";
import type { InvocationDto } from "#lib/services/invocations/schemas.ts";

/** What is shown of an invocation in a row. */
export function invocationColumns(tenant: string, onOpen: (id: string) => void): Column<InvocationDto>[] {
  return [
    { id: "time", header: "Time (UTC)", isRowHeader: true, cell: (row) => <TimeLink {...{ tenant, row, onOpen }} /> },
    {
      id: "status",
      header: "Status",
      cell: (row) => (
        <span className="flex gap-1">
          <StatusBadge status={row.status} />
          {row.isSimulated && <SimulatedBadge />}
        </span>
      ),
    },
    {
      id: "function",
      header: "Function",
      cell: (row) =>
        row.functionSlug ? (
          <span className="whitespace-nowrap">{row.functionSlug}</span>
        ) : (
          <span className="whitespace-nowrap text-ink-subtle">direct call</span>
        ),
    },
    {
      id: "provider",
      header: "Provider",
      isSpare: true,
      cell: (row) =>
        row.provider ? <ProviderName provider={row.provider} /> : <Unknown because="No provider answered." />,
    },
    {
      id: "model",
      header: "Model",
      cell: (row) =>
        row.model ? (
          <span className="figures whitespace-nowrap">{row.model}</span>
        ) : (
          <Unknown because="No model answered." />
        ),
    },
    {
      id: "tokens",
      header: "Tokens in → out",
      align: "end",
      onPhone: "none",
      cell: (row) => <Tokens {...row} />,
    },
    { id: "cost", header: "Cost (USD)", align: "end", cell: (row) => <Cost costNanoUsd={row.costNanoUsd} /> },
    {
      id: "latency",
      header: "Latency",
      align: "end",
      onPhone: "none",
      cell: (row) => formatDuration(row.latencyMs),
    },
  ];
}

interface TimeLinkProps {
  tenant: string;
  row: InvocationDto;
  onOpen: (id: string) => void;
}

/** A real link, so that it opens in a new tab too; a plain press opens the sheet without leaving the page. */
function TimeLink({ tenant, row, onOpen }: TimeLinkProps) {
  const open = (event: MouseEvent) => {
    event.stopPropagation();
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onOpen(row.id);
  };
  return (
    <a
      href={`/${tenant}?invocation=${row.id}`}
      onClick={open}
      title={formatDateTime(row.createdAt)}
      className="figures inline-flex min-h-6 items-center whitespace-nowrap underline decoration-line-strong underline-offset-4 hover:decoration-ink"
    >
      {formatTimeInColumn(row.createdAt)}
    </a>
  );
}
