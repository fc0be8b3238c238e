import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { InvocationDetailDto, InvocationPage } from "#lib/services/invocations/schemas.ts";
import { POLL_INTERVAL_MS } from "./polling.ts";
import { request, tenantPath } from "./request.ts";

/** How many invocations a page of the console shows. */
export const INVOCATION_PAGE_SIZE = 25;

/** A page of invocations, newest first. The first page asks again every few seconds; older ones stand still. */
export function invocationsOptions(tenant: string, cursor: string | null) {
  return queryOptions({
    queryKey: [tenant, "invocations", "list", cursor] as const,
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ limit: String(INVOCATION_PAGE_SIZE) });
      if (cursor) query.set("cursor", cursor);
      return request<InvocationPage>(`${tenantPath(tenant, "invocations")}?${query}`, { signal });
    },
    placeholderData: keepPreviousData,
    refetchInterval: cursor ? false : POLL_INTERVAL_MS,
  });
}

/** One invocation with its attempts. What is recorded does not change. */
export function invocationOptions(tenant: string, id: string) {
  return queryOptions({
    queryKey: [tenant, "invocations", "one", id] as const,
    queryFn: ({ signal }) => request<InvocationDetailDto>(tenantPath(tenant, "invocations", id), { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
