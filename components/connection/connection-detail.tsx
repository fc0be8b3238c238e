"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { ProviderName } from "#components/charts/provider-name.tsx";
import { Notice } from "#components/feedback/notice.tsx";
import { useMay } from "#components/shell/console-context.tsx";
import { Button } from "#components/ui/button.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { formatDateTime } from "#lib/format/time.ts";
import { connectionOptions, useTestConnection, useUpdateConnection } from "#lib/queries/connections.ts";
import type { ConnectionDto } from "#lib/services/connections/schemas.ts";
import { CircuitList } from "./circuit-list.tsx";
import { ConnectionBadge } from "./connection-badge.tsx";
import { DeleteDialog } from "./delete-dialog.tsx";
import { describeUse } from "./describe-use.ts";
import { DiscoverButton } from "./discover-button.tsx";
import { ErrorRate } from "./error-rate.tsx";
import { Fact, Facts } from "./facts.tsx";
import { HealthSection } from "./health/health-section.tsx";
import { MaskedKey } from "./masked-key.tsx";
import { ModelList } from "./model-list.tsx";
import { PriceText } from "./price-text.tsx";
import type { Provider } from "./provider-fields.tsx";
import { Refusal } from "./refusal.tsx";
import { Section } from "./section.tsx";
import { TestOutcome } from "./test-outcome.tsx";

export interface ConnectionDetailProps {
  tenant: string;
  connection: ConnectionDto;
  /** Null for a provider that this version does not know. */
  provider: Provider | null;
  onChange: (change: "edit" | "key") => void;
  onDeleted: () => void;
}

/** Everything about one of the tenant's own connections but its key. */
export function ConnectionDetail(props: ConnectionDetailProps) {
  const { tenant, connection, provider } = props;
  const mayTest = useMay("connection:test");
  const mayWrite = useMay("connection:write");
  const test = useTestConnection(tenant);
  const { own, unopened } = connection;
  if (own === null) return null;
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto p-4">
      <div className="flex flex-wrap items-center gap-2">
        <ConnectionBadge connection={connection} />
        <span className="text-sm">
          <ProviderName provider={connection.provider} />
        </span>
      </div>
      {unopened !== null && (
        <Notice tone="bad" title="Its key cannot be opened">
          <p>{unopened} Calls go past this connection until then. Nothing is lost.</p>
        </Notice>
      )}
      {mayTest && (
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => test.mutate({ id: connection.id })} disabled={test.isPending} focusableWhenDisabled>
            {test.isPending ? "Testing…" : "Test"}
          </Button>
          {mayWrite && <Changes {...props} />}
        </div>
      )}
      <Refusal title="It was not tested" error={test.error} />
      <HealthSection tenant={tenant} connection={connection} />
      <OwnFacts {...props} />
      {mayWrite && <EnabledSwitch tenant={tenant} connection={connection} />}
      <Section title="Last test">
        <LastTestOutcome connection={connection} isRunning={test.isPending} result={test.data ?? null} />
      </Section>
      <Section title="Models in use" hint="Calls of the last 30 seconds, on the instance that answers.">
        <CircuitList circuits={connection.circuits} />
      </Section>
      {provider?.listsModels !== false && (
        <Section
          title={own.models.length === 0 ? "Discovered models" : `Discovered models (${own.models.length})`}
          action={mayWrite && <DiscoverButton tenant={tenant} connection={connection} />}
        >
          {own.models.length === 0 ? (
            <p className="text-sm text-ink-subtle">None yet: ask the account which models it has.</p>
          ) : (
            <ModelList models={own.models} />
          )}
        </Section>
      )}
      {!mayWrite && <p className="text-sm text-ink-muted">Your role here may look at connections, not change them.</p>}
    </div>
  );
}

/** What is done to it, from the least to the most. */
function Changes({ tenant, connection, provider, onChange, onDeleted }: ConnectionDetailProps) {
  const [isDeleting, setIsDeleting] = useState(false);
  const hasKey = (connection.own?.secretFields.length ?? 0) > 0;
  const hasSecrets = provider?.fields.some(({ isSecret }) => isSecret) ?? false;
  return (
    <>
      {provider !== null && <Button onClick={() => onChange("edit")}>Edit</Button>}
      {hasSecrets && <Button onClick={() => onChange("key")}>{hasKey ? "Replace key" : "Add a key"}</Button>}
      <Button variant="danger" onClick={() => setIsDeleting(true)}>
        Delete
      </Button>
      <DeleteDialog
        tenant={tenant}
        connection={connection}
        isOpen={isDeleting}
        onClose={() => setIsDeleting(false)}
        onDeleted={onDeleted}
      />
    </>
  );
}

function OwnFacts({ tenant, connection, provider }: ConnectionDetailProps) {
  const { own, host, regions, hosting, activity } = connection;
  const use = useQuery(connectionOptions(tenant, connection.id)).data?.usedBy;
  if (own === null) return null;
  const plain = provider?.fields.filter(({ id, isSecret }) => !isSecret && own.fields[id] !== undefined) ?? [];
  return (
    <Facts>
      <Fact label="Key">
        {own.secretFields.length > 0 && own.secretHint === null ? "stored" : <MaskedKey lastFour={own.secretHint} />}
      </Fact>
      <Fact label="Host">
        <span className="figures">{host || "unknown"}</span>
      </Fact>
      {plain.map(({ id, label }) => (
        <Fact key={id} label={label}>
          <span className="figures">{own.fields[id]}</span>
        </Fact>
      ))}
      <Fact label="Regions">
        {regions.length > 0 ? (
          <span className="figures">{regions.join(", ")}</span>
        ) : (
          <span className="text-ink-subtle">not known</span>
        )}
      </Fact>
      <Fact label="Cost">
        <PriceText price={own.price} hosting={hosting} />
      </Fact>
      <Fact label="Priority">
        <span className="figures">{own.priority}</span>
      </Fact>
      <Fact label="Failed, 24 h">
        <ErrorRate activity={activity} />
      </Fact>
      <Fact label="Last success">
        {activity.lastSuccessAt === null ? (
          <span className="text-ink-subtle">never</span>
        ) : (
          <span className="figures">{formatDateTime(activity.lastSuccessAt)}</span>
        )}
      </Fact>
      {use && <Fact label="Used by">{describeUse(use)}</Fact>}
      <Fact label="Changed">
        <span className="figures">{formatDateTime(own.updatedAt)}</span> by {own.updatedBy}
      </Fact>
    </Facts>
  );
}

function EnabledSwitch({ tenant, connection }: { tenant: string; connection: ConnectionDto }) {
  const update = useUpdateConnection(tenant);
  const stored = connection.own?.isEnabled ?? false;
  const change = (isEnabled: boolean) =>
    update.mutate(
      { id: connection.id, isEnabled },
      {
        onSuccess: () => toast.success(`${connection.name} is ${isEnabled ? "enabled" : "disabled"}`),
        onError: (error) => toast.error("It was not changed", { description: error.message }),
      },
    );
  return (
    <Switch
      label="Enabled"
      description="Off, calls go past it. Its key stays stored."
      isOn={update.isPending ? (update.variables.isEnabled ?? stored) : stored}
      onChange={change}
      isReadOnly={update.isPending}
    />
  );
}

interface LastTestOutcomeProps {
  connection: ConnectionDto;
  isRunning: boolean;
  /** Of a test that was just made here. */
  result: Parameters<typeof TestOutcome>[0]["result"];
}

function LastTestOutcome({ connection, isRunning, result }: LastTestOutcomeProps) {
  const lastTest = connection.own?.lastTest ?? null;
  if (!isRunning && result === null && lastTest === null) {
    return <p className="text-sm text-ink-subtle">Not tested yet.</p>;
  }
  return (
    <>
      {!isRunning && result === null && lastTest !== null && (
        <p className="text-xs text-ink-subtle">
          On <span className="figures">{formatDateTime(lastTest.testedAt)}</span>
        </p>
      )}
      <TestOutcome isRunning={isRunning} result={result ?? lastTest} />
    </>
  );
}
