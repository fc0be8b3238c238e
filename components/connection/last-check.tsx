import { formatDateTime, formatTimeInColumn } from "#lib/format/time.ts";
import type { ConnectionDto } from "#lib/services/connections/schemas.ts";

/** When a server was last checked, for a column whose header says UTC. */
export function LastCheck({ connection: { own } }: { connection: ConnectionDto }) {
  const checkedAt = own?.health?.checkedAt ?? null;
  if (checkedAt === null) return <span className="text-xs text-ink-subtle">not checked yet</span>;
  return (
    <span className="figures text-xs whitespace-nowrap text-ink-muted" title={formatDateTime(checkedAt)}>
      {formatTimeInColumn(checkedAt)}
    </span>
  );
}
