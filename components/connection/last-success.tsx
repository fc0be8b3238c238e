import { formatDateTime, formatTimeInColumn } from "#lib/format/time.ts";
import type { ConnectionDto } from "#lib/services/connections/schemas.ts";

/** When a call to it last succeeded, for a column whose header says UTC. */
export function LastSuccess({ activity: { lastSuccessAt } }: Pick<ConnectionDto, "activity">) {
  if (lastSuccessAt === null) return <span className="text-ink-subtle">never</span>;
  return (
    <span className="figures whitespace-nowrap" title={formatDateTime(lastSuccessAt)}>
      {formatTimeInColumn(lastSuccessAt)}
    </span>
  );
}
