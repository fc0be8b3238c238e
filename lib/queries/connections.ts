import { queryOptions } from "@tanstack/react-query";
import type { ConnectionList } from "#lib/services/connections/schemas.ts";
import { POLL_INTERVAL_MS } from "./polling.ts";
import { request, tenantPath } from "./request.ts";

/** The accounts that serve this tenant and how their models do; asked for again while the page is in view. */
export function connectionsOptions(tenant: string) {
  return queryOptions({
    queryKey: [tenant, "connections"] as const,
    queryFn: ({ signal }) => request<ConnectionList>(tenantPath(tenant, "connections"), { signal }),
    refetchInterval: POLL_INTERVAL_MS,
  });
}
