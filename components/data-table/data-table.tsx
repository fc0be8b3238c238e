import { clsx } from "clsx";
import type { ReactNode } from "react";
import { useOverflow } from "./use-overflow.ts";

export interface Column<Row> {
  id: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Numbers stand at the end, so that digits align. */
  align?: "start" | "end";
  /** The cell that names the row. */
  isRowHeader?: boolean;
  /** On a phone: `whole` has a line of its own without the header, `none` is left to what the row opens. */
  onPhone?: "whole" | "none";
  /** Left to what the row opens where the others need its place: up to a laptop's width. */
  isSpare?: boolean;
}

/** Up to a laptop's width there is less room between columns, and none for what can be spared. */
const SIDES = "px-2.5 min-[90rem]:px-3";
const SPARE = "max-[90rem]:hidden";

interface DataTableProps<Row> {
  /** Says what the rows are; read out before the table. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  onRowPress?: (row: Row) => void;
  selectedKey?: string | null;
  /** Its numbers are compared down a column: on a phone it stays a table, which scrolls sideways within itself. */
  isMatrix?: boolean;
}

/**
 * Rows under a header that stays in sight. On a phone each row is a block of lines; a table that is too wide for its
 * place scrolls sideways within itself, and its header goes with it.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, rowKey, onRowPress, selectedKey, isMatrix = false } = props;
  const { box, overflows } = useOverflow();
  return (
    // biome-ignore lint/a11y/useSemanticElements: not a group of form fields
    <div
      ref={box}
      role="group"
      aria-label={caption}
      // What scrolls must be reachable by keyboard.
      tabIndex={overflows ? 0 : undefined}
      className={clsx("panel relative", overflows && "overflow-x-auto")}
    >
      <table className={clsx("w-full border-separate border-spacing-0 text-sm", !isMatrix && "max-sm:block")}>
        <caption className="sr-only">{caption}</caption>
        <thead className={clsx(!isMatrix && "max-sm:sr-only")}>
          <tr>
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={clsx(
                  "h-9 border-b bg-surface text-xs font-medium whitespace-nowrap text-ink-subtle first:rounded-tl-md last:rounded-tr-md",
                  SIDES,
                  column.isSpare && SPARE,
                  column.align === "end" ? "text-right" : "text-left",
                  !overflows && "sm:sticky sm:top-header sm:z-10",
                )}
              >
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody
          className={clsx("[&>tr:last-child]:border-b-0 [&>tr:last-child>*]:border-b-0", !isMatrix && "max-sm:block")}
        >
          {rows.map((row) => (
            <TableRow
              key={rowKey(row)}
              {...{ row, columns, onRowPress, isMatrix }}
              isSelected={rowKey(row) === selectedKey}
            />
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
  isMatrix: boolean;
}

function TableRow<Row>({ row, columns, onRowPress, isSelected, isMatrix }: TableRowProps<Row>) {
  return (
    // The row is only a larger place to press: its link is what the keyboard and screen readers use.
    <tr
      onClick={onRowPress && (() => onRowPress(row))}
      className={clsx(
        onRowPress && "cursor-pointer hover:bg-hover",
        isSelected && "bg-accent-soft",
        !isMatrix && "max-sm:flex max-sm:flex-col max-sm:gap-1 max-sm:border-b max-sm:p-3",
      )}
    >
      {columns.map((column) => {
        const Cell = column.isRowHeader ? "th" : "td";
        return (
          <Cell
            key={column.id}
            scope={column.isRowHeader ? "row" : undefined}
            data-label={typeof column.header === "string" ? column.header : undefined}
            className={clsx(
              "h-9 border-b py-1.5 font-normal",
              SIDES,
              column.isSpare && SPARE,
              column.align === "end" ? "figures text-right whitespace-nowrap" : "text-left",
              !isMatrix && "max-sm:h-auto max-sm:border-b-0 max-sm:p-0 max-sm:text-left",
              !isMatrix && phoneClass(column),
            )}
          >
            {/* One thing beside the label, whatever it is made of. */}
            <div className="min-w-0">{column.cell(row)}</div>
          </Cell>
        );
      })}
    </tr>
  );
}

/** The header before its value, for the eye alone: who hears the table is told it by the table. */
const LABELLED =
  "max-sm:flex max-sm:gap-3 max-sm:before:w-28 max-sm:before:shrink-0 max-sm:before:font-sans max-sm:before:text-xs max-sm:before:leading-5 max-sm:before:whitespace-normal max-sm:before:text-ink-subtle max-sm:before:content-[attr(data-label)_/_'']";

function phoneClass<Row>({ header, isRowHeader, onPhone, isSpare }: Column<Row>): string {
  if (onPhone === "none" || isSpare) return "max-sm:hidden";
  return isRowHeader || onPhone === "whole" || typeof header !== "string" ? "max-sm:block" : LABELLED;
}
