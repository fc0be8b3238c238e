import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Range, UsageDto } from "#lib/services/usage/schemas.ts";
import { POLL_INTERVAL_MS } from "./polling.ts";
import { request, tenantPath } from "./request.ts";

/** Totals and buckets of a range that ends now; asked for again every few seconds while the page is in view. */
export function usageOptions(tenant: string, range: Range) {
  return queryOptions({
    queryKey: [tenant, "usage", range] as const,
    queryFn: ({ signal }) => request<UsageDto>(`${tenantPath(tenant, "usage")}?range=${range}`, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: POLL_INTERVAL_MS,
  });
}
