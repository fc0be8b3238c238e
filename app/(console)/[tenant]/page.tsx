import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { requireConsole } from "#lib/http/console.ts";
import { INVOCATION_PAGE_SIZE, invocationOptions, invocationsOptions } from "#lib/queries/invocations.ts";
import { modeOptions } from "#lib/queries/mode.ts";
import { makeQueryClient } from "#lib/queries/query-client.ts";
import { usageOptions } from "#lib/queries/usage.ts";
import { listInvocations } from "#lib/services/invocations/list.ts";
import { readInvocation } from "#lib/services/invocations/read.ts";
import { readMode } from "#lib/services/mode/read.ts";
import { roleMay } from "#lib/services/permissions.ts";
import { summarizeUsage } from "#lib/services/usage/summarize.ts";
import { OverviewClient } from "./client.tsx";
import { loadOverviewSearchParams } from "./search-params.ts";

export const metadata: Metadata = { title: "Overview" };

interface OverviewPageProps {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function OverviewPage({ params, searchParams }: OverviewPageProps) {
  const { tenant } = await params;
  const { context, role } = await requireConsole(tenant);
  const { range, invocation: id, cursor } = await loadOverviewSearchParams(searchParams);
  const client = makeQueryClient();
  // What fails here is asked for again by the browser, which then shows why.
  const prefetches = [
    client.prefetchQuery({
      queryKey: usageOptions(tenant, range).queryKey,
      queryFn: () => summarizeUsage(context, { range }),
    }),
    client.prefetchQuery({ queryKey: modeOptions(tenant).queryKey, queryFn: () => readMode(context) }),
  ];
  if (roleMay(role, "invocation:read")) {
    prefetches.push(
      client.prefetchQuery({
        queryKey: invocationsOptions(tenant, cursor).queryKey,
        queryFn: () => listInvocations(context, { limit: INVOCATION_PAGE_SIZE, cursor: cursor ?? undefined }),
      }),
    );
    if (id) {
      const { queryKey } = invocationOptions(tenant, id);
      prefetches.push(client.prefetchQuery({ queryKey, queryFn: () => readInvocation(context, { id }), retry: false }));
    }
  }
  await Promise.all(prefetches);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <OverviewClient tenant={tenant} />
    </HydrationBoundary>
  );
}
