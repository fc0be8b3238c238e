import { ProviderName } from "#components/charts/provider-name.tsx";
import type { ConnectionDto } from "#lib/services/connections/schemas.ts";
import { CircuitList } from "./circuit-list.tsx";
import { ConnectionBadge } from "./connection-badge.tsx";
import { ErrorRate } from "./error-rate.tsx";
import { Fact, Facts } from "./facts.tsx";
import { LastSuccess } from "./last-success.tsx";

/** The operator's accounts, which serve Platform Managed: to look at only. */
export function PlatformAccounts({ connections }: { connections: readonly ConnectionDto[] }) {
  return (
    <section aria-labelledby="platform-heading" className="flex flex-col gap-3">
      <div className="flex flex-col gap-0.5">
        <h2 id="platform-heading" className="font-semibold">
          The platform’s accounts
        </h2>
        <p className="max-w-prose text-ink-muted">
          The operator’s own, which serve Platform Managed. They are read-only here, and their models show once they are
          called.
        </p>
      </div>
      <ul className="grid gap-3 lg:grid-cols-2">
        {connections.map((connection) => (
          <li key={connection.id} className="panel flex flex-col gap-2 p-4">
            <div className="flex flex-wrap items-center justify-between gap-2">
              <h3 className="font-medium">
                <ProviderName provider={connection.provider} />
              </h3>
              <ConnectionBadge connection={connection} />
            </div>
            <Facts>
              <Fact label="Failed, 24 h">
                <ErrorRate activity={connection.activity} />
              </Fact>
              <Fact label="Last success">
                <LastSuccess activity={connection.activity} />
              </Fact>
            </Facts>
            <CircuitList circuits={connection.circuits} />
          </li>
        ))}
      </ul>
    </section>
  );
}
