import type { MouseEvent } from "react";
import { ProviderName } from "#components/charts/provider-name.tsx";
import type { Column } from "#components/data-table/data-table.tsx";
import type { ConnectionDto } from "#lib/services/connections/schemas.ts";
import { ConnectionBadge } from "./connection-badge.tsx";
import { countModels } from "./count-models.ts";
import { ErrorRate } from "./error-rate.tsx";
import { LastTest } from "./last-test.tsx";
import { MaskedKey } from "./masked-key.tsx";
import { MoveButtons } from "./move-buttons.tsx";
import { PriceText } from "./price-text.tsx";
import { siblingsOf } from "./use-move.ts";

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
    isCloud
      ? { id: "key", header: "Key", cell: (row) => <Key connection={row} /> }
      : { id: "url", header: "Base URL", cell: (row) => <BaseUrl connection={row} /> },
    { id: "models", header: "Models", cell: (row) => <Models connection={row} /> },
    ...(isCloud ? [] : [PRICE_COLUMN]),
    { id: "errors", header: "Errors, 30 s", align: "end", cell: (row) => <ErrorRate circuits={row.circuits} /> },
    { id: "test", header: "Last test (UTC)", cell: (row) => <LastTest test={row.own?.lastTest ?? null} /> },
    ...(hasOrder
      ? [{ id: "order", header: "Order", cell: (row: ConnectionDto) => <Order {...{ row, all, onMove }} /> }]
      : []),
  ];
}

const PRICE_COLUMN: Column<ConnectionDto> = {
  id: "price",
  header: "Cost",
  cell: ({ own, hosting }) => <PriceText price={own?.price ?? null} hosting={hosting} />,
};

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
    <a
      href={`${path}?connection=${row.id}`}
      onClick={open}
      className="inline-flex min-h-6 max-w-56 items-center font-medium underline decoration-line-strong underline-offset-4 hover:decoration-ink"
    >
      <span className="truncate">{row.name}</span>
    </a>
  );
}

function Key({ connection: { own } }: { connection: ConnectionDto }) {
  if (own !== null && own.secretHint === null && own.secretFields.length > 0) return "stored";
  return <MaskedKey lastFour={own?.secretHint ?? null} />;
}

function BaseUrl({ connection: { own, host } }: { connection: ConnectionDto }) {
  return <span className="figures break-all">{own?.fields.baseUrl ?? host}</span>;
}

const FEW = 2;

function Models({ connection: { own, hosting } }: { connection: ConnectionDto }) {
  const models = own?.models ?? [];
  if (models.length === 0) {
    return <span className="text-ink-subtle">{hosting === "cloud" ? "the catalog’s" : "not discovered"}</span>;
  }
  if (models.length > FEW || hosting === "cloud") return countModels(models.length);
  return <span className="figures break-all">{models.map(({ id }) => id).join(", ")}</span>;
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
