import { clsx } from "clsx";
import { ProviderName } from "#components/charts/provider-name.tsx";
import { formatDuration } from "#lib/format/duration.ts";
import type { InvocationDetailDto } from "#lib/services/invocations/schemas.ts";
import { Cost, Tokens } from "./figures.tsx";
import { SimulatedBadge } from "./simulated-badge.tsx";
import { StatusBadge } from "./status-badge.tsx";

type Attempt = InvocationDetailDto["attempts"][number];

const MIN_WIDTH_PERCENT = 0.75;
const BAR_COLORS = { succeeded: "bg-good", failed: "bg-bad", aborted: "bg-line-strong" } as const;

interface AttemptWaterfallProps {
  attempts: readonly Attempt[];
  /** The whole call, which the bars are measured against. */
  totalMs: number;
}

/** Each try of a target in its order, on one time line. */
export function AttemptWaterfall({ attempts, totalMs }: AttemptWaterfallProps) {
  if (attempts.length === 0)
    return <p className="text-sm text-ink-muted">No target was tried: the call was refused before.</p>;
  const spanMs = Math.max(totalMs, ...attempts.map((attempt) => attempt.startedMs + attempt.latencyMs), 1);
  return (
    <ol className="panel divide-y">
      {attempts.map((attempt) => (
        <li key={attempt.number} className="flex flex-col gap-2 p-3 text-sm">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="figures text-ink-subtle">{attempt.number}</span>
            <ProviderName provider={attempt.provider} />
            <span className="figures min-w-0 break-all">{attempt.model}</span>
            <span className="ml-auto flex flex-wrap gap-1">
              {attempt.isSimulated && <SimulatedBadge />}
              <StatusBadge status={attempt.status} />
            </span>
          </div>
          <TimeBar attempt={attempt} spanMs={spanMs} />
          <AttemptFacts attempt={attempt} />
        </li>
      ))}
    </ol>
  );
}

function TimeBar({ attempt, spanMs }: { attempt: Attempt; spanMs: number }) {
  const widthPercent = Math.max((attempt.latencyMs / spanMs) * 100, MIN_WIDTH_PERCENT);
  const startPercent = Math.min((attempt.startedMs / spanMs) * 100, 100 - widthPercent);
  return (
    <div aria-hidden className="relative h-2 rounded-xs bg-sunken">
      <div
        className={clsx("absolute inset-y-0 rounded-xs", BAR_COLORS[attempt.status])}
        style={{ left: `${startPercent}%`, width: `${widthPercent}%` }}
      />
      {attempt.firstTokenMs !== null && (
        <div
          className="absolute -inset-y-0.5 w-0.5 bg-ink"
          style={{ left: `${Math.min(((attempt.startedMs + attempt.firstTokenMs) / spanMs) * 100, 100)}%` }}
        />
      )}
    </div>
  );
}

function AttemptFacts({ attempt }: { attempt: Attempt }) {
  return (
    <>
      <p className="figures flex flex-wrap gap-x-4 gap-y-0.5 text-xs text-ink-muted">
        <span>after {formatDuration(attempt.startedMs)}</span>
        <span>took {formatDuration(attempt.latencyMs)}</span>
        {attempt.firstTokenMs !== null && <span>first token {formatDuration(attempt.firstTokenMs)}</span>}
        {attempt.httpStatus !== null && <span>HTTP {attempt.httpStatus}</span>}
        {attempt.inputTokens !== null && (
          <span>
            <Tokens {...attempt} /> tokens
          </span>
        )}
        {attempt.costNanoUsd !== null && <Cost costNanoUsd={attempt.costNanoUsd} isExact />}
      </p>
      {(attempt.failureKind || attempt.message) && (
        <p className="text-xs break-words text-bad">
          {[attempt.failureKind, attempt.message].filter(Boolean).join(": ")}
        </p>
      )}
      <p className="text-2xs break-words text-ink-subtle">
        By {attempt.connectionName ?? "a connection that is gone"}
        {attempt.providerRequestId && (
          <>
            , as <span className="figures break-all">{attempt.providerRequestId}</span>
          </>
        )}
      </p>
    </>
  );
}
