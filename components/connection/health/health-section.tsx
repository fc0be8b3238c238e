import { Notice } from "#components/feedback/notice.tsx";
import { useMay } from "#components/shell/console-context.tsx";
import { formatDuration } from "#lib/format/duration.ts";
import { formatDateTime } from "#lib/format/time.ts";
import type { HealthDto } from "#lib/services/connections/health/schemas.ts";
import type { ConnectionDto } from "#lib/services/connections/schemas.ts";
import { Section } from "../section.tsx";
import { CheckButton } from "./check-button.tsx";
import { HealthHistoryView } from "./health-history.tsx";
import { ModelChanges } from "./model-changes.tsx";

/** How a server of the tenant's own does, and did. Nothing for a cloud's account. */
export function HealthSection({ tenant, connection }: { tenant: string; connection: ConnectionDto }) {
  const mayTest = useMay("connection:test");
  const { id, own } = connection;
  const health = own?.health ?? null;
  if (health === null) return null;
  return (
    <Section
      title="Health"
      hint={own?.isEnabled ? "Asked about once a minute for its models." : "Not asked while it is disabled."}
      action={mayTest && <CheckButton {...{ tenant, connection }} />}
    >
      <LastCheck health={health} />
      <ModelChanges health={health} />
      <LastFailure health={health} />
      <HealthHistoryView tenant={tenant} connectionId={id} />
    </Section>
  );
}

const WORDS = { up: "Up", down: "Down", unknown: "Not checked lately" } as const satisfies Record<
  HealthDto["status"],
  string
>;

function LastCheck({ health: { status, since, checkedAt, latencyMs } }: { health: HealthDto }) {
  if (checkedAt === null) return <p className="text-sm text-ink-muted">Its first check is on the way.</p>;
  const isKnown = status !== "unknown" && since !== null;
  return (
    <p className="flex flex-col text-sm text-ink-muted">
      <span>
        <strong className="font-medium text-ink">{WORDS[status]}</strong>
        {isKnown && (
          <>
            {" "}
            since <span className="figures">{formatDateTime(since)}</span>
          </>
        )}
      </span>
      <span>
        Last check <span className="figures">{formatDateTime(checkedAt)}</span>
        {latencyMs !== null && (
          <>
            , <span className="figures">{formatDuration(latencyMs)}</span>
          </>
        )}
      </span>
    </p>
  );
}

function LastFailure({ health: { status, lastFailure } }: { health: HealthDto }) {
  if (lastFailure === null) return null;
  const { at, problem } = lastFailure;
  if (status === "down") {
    return (
      <Notice tone="bad" title="It does not answer as it should">
        <p className="break-words">{problem}</p>
      </Notice>
    );
  }
  return (
    <p className="text-sm text-ink-muted">
      Last failure <span className="figures">{formatDateTime(at)}</span>: {problem}
    </p>
  );
}
