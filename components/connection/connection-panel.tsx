"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { toast } from "sonner";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { useMay } from "#components/shell/console-context.tsx";
import { Sheet } from "#components/ui/dialog.tsx";
import { LoadingRegion, Skeleton } from "#components/ui/skeleton.tsx";
import { providersOptions, useDiscoverModels, useTestConnection } from "#lib/queries/connections.ts";
import type { ConnectionDto } from "#lib/services/connections/schemas.ts";
import { ConnectionDetail } from "./connection-detail.tsx";
import { ConnectionForm } from "./connection-form.tsx";
import { panelParams } from "./panel-params.ts";
import { ProviderChoice } from "./provider-choice.tsx";
import type { Provider } from "./provider-fields.tsx";
import { ReplaceKeyForm } from "./replace-key-form.tsx";

interface ConnectionPanelProps {
  tenant: string;
  hosting: ConnectionDto["hosting"];
  /** The tenant's own connections. */
  connections: readonly ConnectionDto[];
}

/** What is open beside the list: a connection, or the form of one. The address says what. */
export function ConnectionPanel({ tenant, hosting, connections }: ConnectionPanelProps) {
  const [params, setParams] = useQueryStates(panelParams, { history: "push" });
  const mayWrite = useMay("connection:write");
  const isAdding = params.add !== null && mayWrite;
  const connection = connections.find(({ id }) => id === params.connection) ?? null;
  const discover = useDiscoverModels(tenant);
  const test = useTestConnection(tenant);
  const close = () => void setParams(null);
  const saved = (id: string, wasTested: boolean, isNew: boolean) => {
    void setParams({ add: null, connection: id, change: null });
    // What was tested was not saved yet: kept is only a test of what is saved.
    if (wasTested) test.mutate({ id });
    // A route can only name the models that are known here.
    if (isNew && hosting === "self-hosted") {
      const onError = (error: Error) => toast.error("Its models are not known yet", { description: error.message });
      discover.mutate({ id }, { onError });
    }
  };
  const title = isAdding ? (hosting === "cloud" ? "Add a connection" : "Add a server") : (connection?.name ?? "");
  return (
    <Sheet isOpen={isAdding || connection !== null} onClose={close} title={title || "Connection"}>
      <Content
        key={`${params.add} ${params.connection} ${params.change}`}
        {...{ tenant, hosting, connections }}
        onSaved={saved}
      />
    </Sheet>
  );
}

interface ContentProps extends ConnectionPanelProps {
  onSaved: (id: string, wasTested: boolean, isNew: boolean) => void;
}

function Content({ tenant, hosting, connections, onSaved }: ContentProps) {
  const [{ add, connection: id, change }, setParams] = useQueryStates(panelParams, { history: "push" });
  const providers = useQuery(providersOptions(tenant));
  const mayWrite = useMay("connection:write");
  if (providers.data === undefined) return <Waiting query={providers} />;
  const offered = providers.data.data.filter((provider) => provider.hosting === hosting);
  const connection = connections.find((one) => one.id === id) ?? null;
  const provider = offered.find((one) => one.id === (connection?.provider ?? add)) ?? null;
  const close = () => void setParams(null);
  if (connection === null) {
    if (provider === null) {
      return <ProviderChoice providers={offered} onChoose={(one) => void setParams({ add: one.id })} />;
    }
    const suggestedName = suggestName(provider, connections);
    return (
      <ConnectionForm
        {...{ tenant, provider, suggestedName }}
        connection={null}
        onSaved={({ id: newId }, wasTested) => onSaved(newId, wasTested, true)}
        onCancel={close}
      />
    );
  }
  const back = () => void setParams({ change: null });
  const changed = (wasTested: boolean) => onSaved(connection.id, wasTested, false);
  if (change === null || provider === null || !mayWrite) {
    const onChange = (next: "edit" | "key") => void setParams({ change: next });
    return <ConnectionDetail {...{ tenant, connection, provider, onChange }} onDeleted={close} />;
  }
  if (change === "key")
    return <ReplaceKeyForm {...{ tenant, provider, connection }} onReplaced={changed} onCancel={back} />;
  return (
    <ConnectionForm
      {...{ tenant, provider, connection }}
      suggestedName=""
      onSaved={(_, wasTested) => changed(wasTested)}
      onCancel={back}
    />
  );
}

/** The provider's name, with a number where one is called that already. */
function suggestName({ name }: Provider, connections: readonly ConnectionDto[]): string {
  const taken = new Set(connections.map((connection) => connection.name));
  for (let count = 1; ; count += 1) {
    const suggestion = count === 1 ? name : `${name} ${count}`;
    if (!taken.has(suggestion)) return suggestion;
  }
}

interface WaitingProps {
  query: { error: Error | null; isFetching: boolean; refetch: () => Promise<unknown> };
}

function Waiting({ query }: WaitingProps) {
  if (query.error !== null) {
    return (
      <div className="p-4">
        <ErrorState
          title="The providers could not be loaded."
          error={query.error}
          onRetry={() => void query.refetch()}
          isRetrying={query.isFetching}
        />
      </div>
    );
  }
  return (
    <LoadingRegion label="Loading the providers">
      <div className="flex flex-col gap-4 p-4">
        <Skeleton className="h-9" />
        <Skeleton className="h-9" />
        <Skeleton className="h-24" />
      </div>
    </LoadingRegion>
  );
}
