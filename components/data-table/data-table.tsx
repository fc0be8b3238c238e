import { clsx } from "clsx";
import type { ReactNode } from "react";

export interface Column<Row> {
  id: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Numbers stand at the end, so that digits align. */
  align?: "start" | "end";
  /** The cell that names the row. */
  isRowHeader?: boolean;
}

interface DataTableProps<Row> {
  /** Says what the rows are; read out before the table. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  onRowPress?: (row: Row) => void;
  selectedKey?: string | null;
}

/** Rows under a header that stays in sight. On narrow screens it scrolls sideways within itself. */
export function DataTable<Row>({ caption, columns, rows, rowKey, onRowPress, selectedKey }: DataTableProps<Row>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    // biome-ignore lint/a11y/useSemanticElements: not a group of form fields
    <div role="group" aria-label={caption} tabIndex={0} className="panel relative max-xl:overflow-x-auto">
      <table className="w-full border-separate border-spacing-0 text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={clsx(
                  "h-9 border-b bg-surface px-3 text-xs font-medium whitespace-nowrap text-ink-subtle first:rounded-tl-md last:rounded-tr-md xl:sticky xl:top-header xl:z-10",
                  column.align === "end" ? "text-right" : "text-left",
                )}
              >
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>*]:border-b-0">
          {rows.map((row) => (
            <TableRow key={rowKey(row)} {...{ row, columns, onRowPress }} isSelected={rowKey(row) === selectedKey} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface TableRowProps<Row> {
  row: Row;
  columns: readonly Column<Row>[];
  onRowPress?: (row: Row) => void;
  isSelected: boolean;
}

function TableRow<Row>({ row, columns, onRowPress, isSelected }: TableRowProps<Row>) {
  return (
    // The row is only a larger place to press: its link is what the keyboard and screen readers use.
    <tr
      onClick={onRowPress && (() => onRowPress(row))}
      className={clsx(onRowPress && "cursor-pointer hover:bg-hover", isSelected && "bg-accent-soft")}
    >
      {columns.map((column) => {
        const Cell = column.isRowHeader ? "th" : "td";
        return (
          <Cell
            key={column.id}
            scope={column.isRowHeader ? "row" : undefined}
            className={clsx(
              "h-9 border-b px-3 py-1.5 font-normal",
              column.align === "end" ? "figures text-right whitespace-nowrap" : "text-left",
            )}
          >
            {column.cell(row)}
          </Cell>
        );
      })}
    </tr>
  );
}
