import { MODES } from "./expectations.ts";
import type { Played } from "./run-cases.ts";

/** One line a fault: what the caller got in each mode, attempts seen by the faulty and by other targets, and the longest time. */
export function renderTable(
  title: string,
  played: readonly Played[],
  judge: (one: Played) => readonly string[],
): string {
  const right = new Set(played.filter((one) => judge(one).length === 0));
  const isRight = (one: Played) => right.has(one);
  const faults = [...new Set(played.map((one) => one.case.fault))];
  const rows = faults.map((fault) => {
    const cells = MODES.map((mode) =>
      cellOf(
        played.filter((one) => one.case.fault === fault && one.case.mode === mode),
        isRight,
      ),
    );
    return [fault, ...cells];
  });
  const header = ["fault", "stream, live", "stream, whole", "no stream"];
  return [`${title}: ${right.size} of ${played.length} as expected`, ...align([header, ...rows])].join("\n");
}

function cellOf(cell: readonly Played[], isRight: (one: Played) => boolean): string {
  if (cell.length === 0) return "-";
  const got = [...new Set(cell.map(({ outcome }) => gist(outcome)))].join("/");
  const counts = [...new Set(cell.map(({ attempts, case: { chain } }) => countsOf(attempts, chain[0]?.provider)))];
  const longestMs = Math.max(...cell.map(({ outcome }) => outcome.ms));
  return `${cell.every(isRight) ? "" : "✗ "}${got} ${counts.join(",")} ${Math.round(longestMs)} ms`;
}

function gist({ status, errorEvents, errorCode, finishReason, broke }: Played["outcome"]): string {
  if (broke !== null) return "nothing";
  if (status !== 200) return `${status} ${errorCode}`;
  if (errorEvents > 0) return "error event";
  return finishReason === "stop" ? "answer" : `${finishReason}`;
}

/** Attempts at the faulty target + at others. */
function countsOf(attempts: Played["attempts"], first: string | undefined): string {
  const own = attempts.filter(({ lane }) => lane === first).length;
  return `${own}+${attempts.length - own}`;
}

function align(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
