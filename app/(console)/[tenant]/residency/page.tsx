import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { requireConsole } from "#lib/http/console.ts";
import { makeQueryClient } from "#lib/queries/query-client.ts";
import { residencyOptions } from "#lib/queries/residency.ts";
import { readResidency } from "#lib/services/residency/read.ts";
import { ResidencyClient } from "./client.tsx";

export const metadata: Metadata = { title: "Residency" };

export default async function ResidencyPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant } = await params;
  const { context } = await requireConsole(tenant);
  const client = makeQueryClient();
  // What fails here is asked for again by the browser, which then shows why.
  await client.prefetchQuery({ queryKey: residencyOptions(tenant).queryKey, queryFn: () => readResidency(context) });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ResidencyClient tenant={tenant} />
    </HydrationBoundary>
  );
}
