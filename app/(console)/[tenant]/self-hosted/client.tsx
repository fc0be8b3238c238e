"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useQueryStates } from "nuqs";
import { ConnectionPanel } from "#components/connection/connection-panel.tsx";
import { ConnectionsSkeleton } from "#components/connection/connections-skeleton.tsx";
import { OwnConnections } from "#components/connection/own-connections.tsx";
import { panelParams } from "#components/connection/panel-params.ts";
import { EmptyState } from "#components/feedback/empty-state.tsx";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { Notice } from "#components/feedback/notice.tsx";
import { Snippet } from "#components/feedback/snippet.tsx";
import { useMay } from "#components/shell/console-context.tsx";
import { PageHeader } from "#components/shell/page-header.tsx";
import { Button } from "#components/ui/button.tsx";
import { connectionsOptions } from "#lib/queries/connections.ts";
import type { ConnectionDto } from "#lib/services/connections/schemas.ts";
import { DESCRIPTION } from "./description.ts";

const NONE: readonly ConnectionDto[] = [];

const SNIPPET = [
  "# a server with one model, on the machine that has the GPU",
  "ollama pull llama3.2 && OLLAMA_HOST=0.0.0.0 ollama serve",
  "",
  "# the gateway: which private addresses tenants may reach",
  "SWITCHYARD_EGRESS_ALLOW=10.0.0.0/8,gpu.example.internal npm start",
].join("\n");

export function SelfHostedClient({ tenant }: { tenant: string }) {
  const query = useQuery(connectionsOptions(tenant));
  const all = query.data?.data ?? NONE;
  const own = all.filter(({ owner, hosting }) => owner === "tenant" && hosting === "self-hosted");
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title="Self-hosted" description={DESCRIPTION} actions={own.length > 0 && <AddButton />} />
      {query.data && (
        <>
          {own.length === 0 ? (
            <Nothing />
          ) : (
            <>
              <OwnConnections
                tenant={tenant}
                hosting="self-hosted"
                path={`/${tenant}/self-hosted`}
                caption="Servers of this tenant"
                connections={own}
              />
              <PrivateAddresses />
            </>
          )}
          <ConnectionPanel tenant={tenant} hosting="self-hosted" connections={own} />
        </>
      )}
      {!query.data && query.error && (
        <ErrorState
          title="The servers could not be loaded."
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
    <EmptyState
      title="No server of your own yet"
      action={
        <>
          <Snippet label="An Ollama server in a private network" code={SNIPPET} />
          <AddButton />
        </>
      }
    >
      Add a server that runs Ollama, vLLM, LiteLLM, llama.cpp, LM Studio or anything else that speaks OpenAI’s wire: its
      models are discovered, and in Self-Hosted mode calls go there and nowhere else. Public addresses are reached over
      HTTPS; private ones, and plain HTTP, only where the operator lists them in SWITCHYARD_EGRESS_ALLOW.
    </EmptyState>
  );
}

function PrivateAddresses() {
  return (
    <Notice title="Servers at private addresses">
      <p className="max-w-prose">
        They are reached only where the operator lists their networks or hosts in{" "}
        <code className="figures text-xs text-ink">SWITCHYARD_EGRESS_ALLOW</code>, such as{" "}
        <code className="figures text-xs text-ink">10.0.0.0/8</code>.
      </p>
    </Notice>
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
        Add a server
      </Button>
    </div>
  );
}
