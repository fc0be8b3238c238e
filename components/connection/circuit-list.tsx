import { Check, Clock, X } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import { formatDuration } from "#lib/format/duration.ts";
import { formatShare } from "#lib/format/numbers.ts";
import type { CircuitDto } from "#lib/services/connections/schemas.ts";

const LOOKS = {
  ready: { tone: "good", word: "Ready", Icon: Check },
  open: { tone: "bad", word: "Failing", Icon: X },
  cooling: { tone: "warn", word: "Asked to wait", Icon: Clock },
} as const;

/** How each model does that was called in the last 30 seconds. */
export function CircuitList({ circuits }: { circuits: readonly CircuitDto[] }) {
  if (circuits.length === 0)
    return <p className="text-sm text-ink-subtle">No model was called in the last 30 seconds.</p>;
  return (
    <ul className="flex flex-col divide-y">
      {circuits.map((circuit) => (
        <Circuit key={circuit.model} circuit={circuit} />
      ))}
    </ul>
  );
}

function Circuit({ circuit: { model, modelName, state, waitMs, attempts, failures } }: { circuit: CircuitDto }) {
  const { tone, word, Icon } = LOOKS[state];
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1.5 text-sm">
      <span className="min-w-40 flex-1" title={model}>
        {modelName}
      </span>
      <span className="figures text-xs text-ink-muted">
        {attempts === 0
          ? "no calls in 30 s"
          : `${failures} of ${attempts} failed in 30 s (${formatShare(failures / attempts)})`}
      </span>
      <Badge tone={tone} icon={<Icon aria-hidden className="size-3" />}>
        {word}
        {waitMs > 0 && `, tried again in ${formatDuration(Math.ceil(waitMs / 1000) * 1000)}`}
      </Badge>
    </li>
  );
}
