import { formatDateTime, formatTimeInColumn } from "#lib/format/time.ts";
import type { ConnectionDto } from "#lib/services/connections/schemas.ts";

type Test = NonNullable<ConnectionDto["own"]>["lastTest"];

/** When a connection was last tested, and how that went. */
export function LastTest({ test }: { test: Test }) {
  if (test === null) return <span className="text-ink-subtle">never</span>;
  const { testedAt, isOk } = test;
  return (
    <span className="whitespace-nowrap" title={formatDateTime(testedAt)}>
      {isOk ? "Passed" : "Failed"} <span className="figures text-ink-muted">{formatTimeInColumn(testedAt)}</span>
    </span>
  );
}
