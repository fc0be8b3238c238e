import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { requireConsole } from "#lib/http/console.ts";
import { modeOptions } from "#lib/queries/mode.ts";
import { makeQueryClient } from "#lib/queries/query-client.ts";
import { readMode } from "#lib/services/mode/read.ts";
import { ModeClient } from "./client.tsx";

export const metadata: Metadata = { title: "Mode" };

export default async function ModePage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant } = await params;
  const { context } = await requireConsole(tenant);
  const client = makeQueryClient();
  // What fails here is asked for again by the browser, which then shows why.
  await client.prefetchQuery({ queryKey: modeOptions(tenant).queryKey, queryFn: () => readMode(context) });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ModeClient tenant={tenant} />
    </HydrationBoundary>
  );
}
