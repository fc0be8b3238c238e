import { SimulatedBadge } from "#components/invocation/simulated-badge.tsx";
import { formatDateTime } from "#lib/format/time.ts";
import type { ModeDto } from "#lib/services/mode/schemas.ts";

/** The version in force, and whether its answers are real. */
export function PublishedLine({ mode }: { mode: ModeDto }) {
  return (
    <div className="flex flex-col gap-1 text-sm text-ink-muted">
      <p>
        Route version <span className="figures text-ink">{mode.routeVersion}</span>, published by{" "}
        <span className="text-ink">{mode.publishedBy}</span> on{" "}
        <span className="figures">{formatDateTime(mode.publishedAt)}</span>
        {mode.note && <>: “{mode.note}”</>}
      </p>
      {mode.isSimulated && mode.mode === "platform-managed" && (
        <p className="flex flex-wrap items-center gap-2">
          <SimulatedBadge />
          No provider account of the platform is connected yet, so a built-in demo provider stands in for every model
          below and makes its answers up.
        </p>
      )}
    </div>
  );
}
