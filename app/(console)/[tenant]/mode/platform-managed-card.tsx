import { SimulatedBadge } from "#components/invocation/simulated-badge.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { formatDateTime } from "#lib/format/time.ts";
import type { ModeDto } from "#lib/services/mode/schemas.ts";

const MEANINGS = [
  {
    label: "Who runs the models",
    text: "Public providers, called by the operator of this platform. You have nothing to install.",
  },
  { label: "Whose account pays", text: "The operator’s. You need no account or key at any provider." },
  {
    label: "Where requests go",
    text: "From your feature to this gateway, and from here to the provider of the picked model.",
  },
] as const;

/** The mode in plain words, and the version that is published. */
export function PlatformManagedCard({ mode }: { mode: ModeDto }) {
  return (
    <section aria-labelledby="mode-heading" className="panel flex flex-col gap-4 p-4">
      <div className="flex flex-wrap items-center gap-2">
        <h2 id="mode-heading" className="text-lg font-semibold">
          Platform Managed
        </h2>
        <Badge tone="selected">In use</Badge>
        {mode.isSimulated && <SimulatedBadge />}
      </div>
      <dl className="grid gap-4 md:grid-cols-3">
        {MEANINGS.map(({ label, text }) => (
          <div key={label} className="flex flex-col gap-0.5">
            <dt className="text-sm font-medium">{label}</dt>
            <dd className="text-sm text-ink-muted">{text}</dd>
          </div>
        ))}
      </dl>
      {mode.isSimulated && (
        <p className="max-w-prose text-sm text-ink-muted">
          No provider account is connected yet, so a built-in demo provider stands in for every model below and makes
          its answers up.
        </p>
      )}
      <p className="border-t pt-3 text-sm text-ink-muted">
        Route version <span className="figures text-ink">{mode.routeVersion}</span>, published by{" "}
        <span className="text-ink">{mode.publishedBy}</span> on{" "}
        <span className="figures">{formatDateTime(mode.publishedAt)}</span>
        {mode.note && <>: “{mode.note}”</>}
      </p>
    </section>
  );
}
