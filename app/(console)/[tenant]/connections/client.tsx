"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useQueryStates } from "nuqs";
import { ConnectionPanel } from "#components/connection/connection-panel.tsx";
import { ConnectionsSkeleton } from "#components/connection/connections-skeleton.tsx";
import { OwnConnections } from "#components/connection/own-connections.tsx";
import { panelParams } from "#components/connection/panel-params.ts";
import { PlatformAccounts } from "#components/connection/platform-accounts.tsx";
import { EmptyState } from "#components/feedback/empty-state.tsx";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { useMay } from "#components/shell/console-context.tsx";
import { PageHeader } from "#components/shell/page-header.tsx";
import { Button } from "#components/ui/button.tsx";
import { connectionsOptions } from "#lib/queries/connections.ts";
import type { ConnectionDto } from "#lib/services/connections/schemas.ts";
import { DESCRIPTION } from "./description.ts";

const NONE: readonly ConnectionDto[] = [];

export function ConnectionsClient({ tenant }: { tenant: string }) {
  const query = useQuery(connectionsOptions(tenant));
  const all = query.data?.data ?? NONE;
  const own = all.filter(({ owner, hosting }) => owner === "tenant" && hosting === "cloud");
  const platform = all.filter(({ owner }) => owner === "platform");
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title="Connections" description={DESCRIPTION} actions={own.length > 0 && <AddButton />} />
      {query.data && (
        <>
          {own.length === 0 ? (
            <Nothing />
          ) : (
            <OwnConnections
              tenant={tenant}
              hosting="cloud"
              path={`/${tenant}/connections`}
              caption="Connections of this tenant"
              connections={own}
            />
          )}
          {platform.length > 0 && <PlatformAccounts connections={platform} />}
          <ConnectionPanel tenant={tenant} hosting="cloud" connections={own} />
        </>
      )}
      {!query.data && query.error && (
        <ErrorState
          title="The connections could not be loaded."
          error={query.error}
          onRetry={() => void query.refetch()}
          isRetrying={query.isFetching}
        />
      )}
      {!query.data && !query.error && <ConnectionsSkeleton />}
    </div>
  );
}

function Nothing() {
  return (
    <EmptyState title="No connection of your own yet" action={<AddButton />}>
      Add an account at a provider with its key, and Bring Your Own Model can route functions to it. The key is
      encrypted, and nobody can read it again: not here, not in the logs. Several keys of one provider are tried in the
      order that you give them.
    </EmptyState>
  );
}

function AddButton() {
  const [, setParams] = useQueryStates(panelParams, { history: "push" });
  const mayWrite = useMay("connection:write");
  if (!mayWrite) return null;
  return (
    <div>
      <Button variant="primary" onClick={() => void setParams({ add: "", connection: null, change: null })}>
        <Plus aria-hidden className="size-4" />
        Add a connection
      </Button>
    </div>
  );
}
