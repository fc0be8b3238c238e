import type { MouseEvent } from "react";
import { ProviderName } from "#components/charts/provider-name.tsx";
import type { Column } from "#components/data-table/data-table.tsx";
import type { ConnectionDto } from "#lib/services/connections/schemas.ts";
import { ConnectionBadge } from "./connection-badge.tsx";
import { countModels } from "./count-models.ts";
import { ErrorRate } from "./error-rate.tsx";
import { HistoryStrip } from "./health/history-strip.tsx";
import { LastCheck } from "./last-check.tsx";
import { LastSuccess } from "./last-success.tsx";
import { MaskedKey } from "./masked-key.tsx";
import { MoveButtons } from "./move-buttons.tsx";
import { siblingsOf } from "./order.ts";
import { PriceText } from "./price-text.tsx";

interface ColumnSettings {
  hosting: ConnectionDto["hosting"];
  /** Of the page, without the query. */
  path: string;
  all: readonly ConnectionDto[];
  onOpen: (id: string) => void;
  /** Null for who may not change the order. */
  onMove: ((connection: ConnectionDto, by: -1 | 1) => void) | null;
}

/** What is shown of a connection in a row. */
export function connectionColumns(settings: ColumnSettings): Column<ConnectionDto>[] {
  const { hosting, path, all, onOpen, onMove } = settings;
  const isCloud = hosting === "cloud";
  const hasOrder = all.some((connection) => siblingsOf(connection, all).length > 1);
  return [
    { id: "name", header: "Name", isRowHeader: true, cell: (row) => <NameLink {...{ row, path, onOpen }} /> },
    {
      id: "provider",
      header: isCloud ? "Provider" : "Server",
      cell: (row) => <ProviderName provider={row.provider} />,
    },
    { id: "status", header: "Status", cell: (row) => <ConnectionBadge connection={row} /> },
    ...(isCloud ? [KEY_COLUMN] : []),
    { id: "models", header: "Models", onPhone: "none", cell: (row) => <Models connection={row} /> },
    ...(isCloud ? CLOUD_COLUMNS : SERVER_COLUMNS),
    ...(hasOrder
      ? [{ id: "order", header: "Order", cell: (row: ConnectionDto) => <Order {...{ row, all, onMove }} /> }]
      : []),
  ];
}

const KEY_COLUMN: Column<ConnectionDto> = {
  id: "key",
  header: "Key",
  onPhone: "none",
  cell: (row) => <Key connection={row} />,
};

/** A cloud's account is known by its calls. */
const CLOUD_COLUMNS: Column<ConnectionDto>[] = [
  { id: "errors", header: "Failed, 24 h", align: "end", cell: ({ activity }) => <ErrorRate activity={activity} /> },
  { id: "success", header: "Last success (UTC)", cell: ({ activity }) => <LastSuccess activity={activity} /> },
];

/** A server of one's own by its checks too. */
const SERVER_COLUMNS: Column<ConnectionDto>[] = [
  {
    id: "price",
    header: "Cost",
    cell: ({ own, hosting }) => <PriceText price={own?.price ?? null} hosting={hosting} />,
  },
  {
    id: "health",
    header: "Checks, 24 h (UTC)",
    cell: (row) => <Checks connection={row} />,
  },
];

interface NameLinkProps {
  row: ConnectionDto;
  path: string;
  onOpen: (id: string) => void;
}

/** A real link, so that it opens in a new tab too; a plain press opens the sheet without leaving the page. */
function NameLink({ row, path, onOpen }: NameLinkProps) {
  const open = (event: MouseEvent) => {
    event.stopPropagation();
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onOpen(row.id);
  };
  return (
    <span className="flex max-w-48 flex-col items-start max-sm:max-w-full">
      <a
        href={`${path}?connection=${row.id}`}
        onClick={open}
        className="inline-flex min-h-6 max-w-full items-center font-medium underline decoration-line-strong underline-offset-4 hover:decoration-ink"
      >
        <span className="truncate">{row.name}</span>
      </a>
      {row.hosting === "self-hosted" && <BaseUrl connection={row} />}
    </span>
  );
}

function Key({ connection: { own } }: { connection: ConnectionDto }) {
  if (own !== null && own.secretHint === null && own.secretFields.length > 0) return "stored";
  return <MaskedKey lastFour={own?.secretHint ?? null} />;
}

function BaseUrl({ connection: { own, host } }: { connection: ConnectionDto }) {
  const url = own?.fields.baseUrl ?? host ?? "";
  return (
    <span title={url} className="figures max-w-full truncate text-xs text-ink-muted">
      {url}
    </span>
  );
}

function Models({ connection: { own, hosting } }: { connection: ConnectionDto }) {
  const models = own?.models ?? [];
  const gone = own?.health?.goneModels.length ?? 0;
  const known =
    models.length > 0 ? (
      countModels(models.length)
    ) : (
      <span className="text-ink-subtle">{hosting === "cloud" ? "the catalog’s" : "not discovered"}</span>
    );
  return (
    <span className="flex flex-col whitespace-nowrap">
      {known}
      {gone > 0 && <span className="text-xs text-bad">{gone} gone</span>}
    </span>
  );
}

function Checks({ connection }: { connection: ConnectionDto }) {
  return (
    <span className="flex w-30 flex-col gap-0.5">
      <HistoryStrip buckets={connection.own?.health?.hours ?? []} period="the last 24 hours" size="small" />
      <LastCheck connection={connection} />
    </span>
  );
}

function Order({ row, all, onMove }: Pick<ColumnSettings, "all" | "onMove"> & { row: ConnectionDto }) {
  const siblings = siblingsOf(row, all);
  if (siblings.length < 2) return <span className="text-ink-subtle">alone</span>;
  const index = siblings.indexOf(row);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keeps the buttons' presses from opening the row
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above; the buttons themselves take keys
    <span className="flex items-center gap-1" onClick={(event) => event.stopPropagation()}>
      <span className="figures whitespace-nowrap">
        {index + 1} of {siblings.length}
      </span>
      {onMove && (
        <MoveButtons
          name={row.name}
          canMoveUp={index > 0}
          canMoveDown={index < siblings.length - 1}
          onMove={(by) => onMove(row, by)}
        />
      )}
    </span>
  );
}
