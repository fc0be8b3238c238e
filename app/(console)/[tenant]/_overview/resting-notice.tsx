"use client";

import { useQuery } from "@tanstack/react-query";
import { Notice } from "#components/feedback/notice.tsx";
import { connectionsOptions } from "#lib/queries/connections.ts";
import type { CircuitDto, ConnectionList } from "#lib/services/connections/schemas.ts";

type Resting = CircuitDto & {
  providerName: string;
  connectionId: string;
  /** Of the tenant's own, of which there may be several at a provider. */
  connectionName: string | null;
};

/** Targets that calls are kept from for now, and why; nothing while all do well. */
export function RestingNotice({ tenant }: { tenant: string }) {
  const { data } = useQuery(connectionsOptions(tenant));
  const resting = data ? findResting(data) : [];
  if (resting.length === 0) return null;
  return (
    <Notice
      tone="warn"
      role="status"
      title={resting.length === 1 ? "One target is passed over" : `${resting.length} targets are passed over`}
    >
      <ul className="flex flex-col gap-0.5">
        {resting.map((one) => (
          <li key={`${one.connectionId} ${one.model}`}>
            <span className="text-ink">
              {one.providerName} {one.modelName}
            </span>
            {one.connectionName !== null && ` by ${one.connectionName}`} {explain(one)}
          </li>
        ))}
      </ul>
      <p>Calls go to the next target of their chain in the meantime.</p>
    </Notice>
  );
}

function findResting({ data }: ConnectionList): Resting[] {
  return data.flatMap(({ id, owner, name, providerName, circuits }) =>
    circuits
      .filter(({ state }) => state !== "ready")
      .map((circuit) => ({
        ...circuit,
        providerName,
        connectionId: id,
        connectionName: owner === "tenant" ? name : null,
      })),
  );
}

function explain({ state, waitMs, attempts, failures }: Resting): string {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  if (state === "cooling") return `asked for patience: it is called again in ${seconds} s.`;
  // The failures are those of the last 30 seconds: what is only probed soon has none.
  if (attempts === 0) return "failed too often: one call tries it every few seconds.";
  return `failed ${failures} of its last ${attempts} calls: one call tries it every few seconds.`;
}
