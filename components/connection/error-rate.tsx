import { Unknown } from "#components/invocation/unknown.tsx";
import { formatShare } from "#lib/format/numbers.ts";
import type { CircuitDto } from "#lib/services/connections/schemas.ts";
import { sumCalls } from "./connection-state.ts";

/** Failed calls of the last 30 seconds: `12.5% of 8`. */
export function ErrorRate({ circuits }: { circuits: readonly CircuitDto[] }) {
  const { attempts, failures } = sumCalls(circuits);
  if (attempts === 0) return <Unknown because="No calls in the last 30 seconds." />;
  return (
    <span className="figures whitespace-nowrap">
      {formatShare(failures / attempts)} <span className="text-ink-subtle">of {attempts}</span>
    </span>
  );
}
