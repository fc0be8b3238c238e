import { Unknown } from "#components/invocation/unknown.tsx";
import { formatInteger, formatShare } from "#lib/format/numbers.ts";
import type { ConnectionDto } from "#lib/services/connections/schemas.ts";

/** Attempts of the last 24 hours that failed: `12.5% of 8`. */
export function ErrorRate({ activity: { attempts, failures } }: Pick<ConnectionDto, "activity">) {
  if (attempts === 0) return <Unknown because="No calls in the last 24 hours." />;
  return (
    <span className="figures whitespace-nowrap">
      {formatShare(failures / attempts)} <span className="text-ink-subtle">of {formatInteger(attempts)}</span>
    </span>
  );
}
