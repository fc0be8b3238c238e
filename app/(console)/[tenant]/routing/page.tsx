import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { requireConsole } from "#lib/http/console.ts";
import { connectionsOptions } from "#lib/queries/connections.ts";
import { modeOptions } from "#lib/queries/mode.ts";
import { makeQueryClient } from "#lib/queries/query-client.ts";
import { routeDraftOptions } from "#lib/queries/routes.ts";
import { listConnections } from "#lib/services/connections/list.ts";
import { readMode } from "#lib/services/mode/read.ts";
import { readDraft } from "#lib/services/route-versions/read-draft.ts";
import { RoutingClient } from "./client.tsx";

export const metadata: Metadata = { title: "Routing" };

export default async function RoutingPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant } = await params;
  const { context } = await requireConsole(tenant);
  const client = makeQueryClient();
  // What fails here is asked for again by the browser, which then shows why.
  await Promise.all([
    client.prefetchQuery({ queryKey: modeOptions(tenant).queryKey, queryFn: () => readMode(context) }),
    client.prefetchQuery({ queryKey: routeDraftOptions(tenant).queryKey, queryFn: () => readDraft(context) }),
    client.prefetchQuery({ queryKey: connectionsOptions(tenant).queryKey, queryFn: () => listConnections(context) }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <RoutingClient tenant={tenant} />
    </HydrationBoundary>
  );
}
