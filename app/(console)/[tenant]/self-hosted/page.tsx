import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { requireConsole } from "#lib/http/console.ts";
import { connectionsOptions, providersOptions } from "#lib/queries/connections.ts";
import { makeQueryClient } from "#lib/queries/query-client.ts";
import { listConnections } from "#lib/services/connections/list.ts";
import { listProviders } from "#lib/services/connections/list-providers.ts";
import { SelfHostedClient } from "./client.tsx";

export const metadata: Metadata = { title: "Self-hosted" };

export default async function SelfHostedPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant } = await params;
  const { context } = await requireConsole(tenant);
  const client = makeQueryClient();
  // What fails here is asked for again by the browser, which then shows why.
  await Promise.all([
    client.prefetchQuery({
      queryKey: connectionsOptions(tenant).queryKey,
      queryFn: () => listConnections(context),
    }),
    client.prefetchQuery({ queryKey: providersOptions(tenant).queryKey, queryFn: () => listProviders(context) }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <SelfHostedClient tenant={tenant} />
    </HydrationBoundary>
  );
}
