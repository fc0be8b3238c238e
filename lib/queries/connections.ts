import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { HealthHistory, HealthRange } from "#lib/services/connections/health/schemas.ts";
import type { ProviderList } from "#lib/services/connections/providers/schemas.ts";
import type {
  ConnectionList,
  CreateConnectionInput,
  DeleteConnectionInput,
  DeletedConnectionDto,
  OwnConnectionDto,
  ReorderConnectionsInput,
  ReplaceSecretsInput,
  TestConnectionInput,
  UpdateConnectionInput,
} from "#lib/services/connections/schemas.ts";
import type { ConnectionTestResult } from "#lib/services/connections/tests/schemas.ts";
import { keepAnswer } from "./keep-answer.ts";
import { POLL_INTERVAL_MS } from "./polling.ts";
import { request, tenantPath } from "./request.ts";

/** A server is checked about so often: asking more often shows nothing new. */
const CHECK_INTERVAL_MS = 30_000;

const connectionsKey = (tenant: string) => [tenant, "connections"] as const;

/** The tenant's own connections, then the platform's, and how their models do; asked again while the page is in view. */
export function connectionsOptions(tenant: string) {
  return queryOptions({
    queryKey: connectionsKey(tenant),
    queryFn: ({ signal }) => request<ConnectionList>(tenantPath(tenant, "connections"), { signal }),
    refetchInterval: POLL_INTERVAL_MS,
  });
}

/** One of the tenant's own, and which functions need it. */
export function connectionOptions(tenant: string, id: string) {
  return queryOptions({
    queryKey: [...connectionsKey(tenant), id] as const,
    queryFn: ({ signal }) => request<OwnConnectionDto>(tenantPath(tenant, "connections", id), { signal }),
  });
}

/** The checks of a server over a day or a week. */
export function healthHistoryOptions(tenant: string, id: string, range: HealthRange) {
  const path = `${tenantPath(tenant, "connections", id, "health")}?range=${range}`;
  return queryOptions({
    queryKey: [...connectionsKey(tenant), id, "health", range] as const,
    queryFn: ({ signal }) => request<HealthHistory>(path, { signal }),
    refetchInterval: CHECK_INTERVAL_MS,
  });
}

/** Every provider, and what a form for an account there has to ask for. */
export function providersOptions(tenant: string) {
  return queryOptions({
    queryKey: [tenant, "providers"] as const,
    queryFn: ({ signal }) => request<ProviderList>(tenantPath(tenant, "connections", "providers"), { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Fails with `fields` for what is wrong with them. */
export function useCreateConnection(tenant: string) {
  return useConnectionMutation(tenant, (input: CreateConnectionInput) =>
    request<OwnConnectionDto>(tenantPath(tenant, "connections"), { method: "POST", body: input }),
  );
}

/** Blank secrets stay as they are stored. */
export function useUpdateConnection(tenant: string) {
  return useConnectionMutation(tenant, ({ id, ...body }: UpdateConnectionInput) =>
    request<OwnConnectionDto>(tenantPath(tenant, "connections", id), { method: "PUT", body }),
  );
}

/** Orders are sent one after the other: each is a whole one, so the last that is asked for stays. */
export function useReorderConnections(tenant: string) {
  const client = useQueryClient();
  const queryKey = connectionsKey(tenant);
  return useMutation({
    scope: { id: `${tenant} connections` },
    mutationFn: (input: ReorderConnectionsInput) =>
      request<ConnectionList>(tenantPath(tenant, "connections", "order"), { method: "PUT", body: input }),
    onSuccess: async (list) => {
      await keepAnswer(client, queryKey, list);
      void client.invalidateQueries({ queryKey, predicate: (query) => query.queryKey.length > queryKey.length });
    },
    // What it was refused for may be somebody else's change, which is not on the page yet.
    onError: () => void client.invalidateQueries({ queryKey }),
  });
}

export function useReplaceSecrets(tenant: string) {
  return useConnectionMutation(tenant, ({ id, ...body }: ReplaceSecretsInput) =>
    request<OwnConnectionDto>(tenantPath(tenant, "connections", id, "secrets"), { method: "PUT", body }),
  );
}

/** Fails with code `conflict` where functions lose a target by it and `confirm` is not its name. */
export function useDeleteConnection(tenant: string) {
  return useConnectionMutation(tenant, ({ id, confirm }: DeleteConnectionInput) => {
    const query = confirm === undefined ? "" : `?${new URLSearchParams({ confirm })}`;
    return request<DeletedConnectionDto>(`${tenantPath(tenant, "connections", id)}${query}`, { method: "DELETE" });
  });
}

/** Asks a server which models it has, and keeps the list. */
export function useDiscoverModels(tenant: string) {
  return useConnectionMutation(tenant, ({ id }: { id: string }) =>
    request<OwnConnectionDto>(tenantPath(tenant, "connections", id, "discover"), { method: "POST", body: {} }),
  );
}

/** Asks a server out of turn how it is. */
export function useCheckNow(tenant: string) {
  return useConnectionMutation(tenant, ({ id }: { id: string }) =>
    request<OwnConnectionDto>(tenantPath(tenant, "connections", id, "health"), { method: "POST", body: {} }),
  );
}

/** Tries an account step by step, saved or not. Takes a minute at most. */
export function useTestConnection(tenant: string) {
  return useConnectionMutation(tenant, (input: TestConnectionInput) =>
    request<ConnectionTestResult>(tenantPath(tenant, "connections", "test"), { method: "POST", body: input }),
  );
}

function useConnectionMutation<Input, Answer>(tenant: string, mutationFn: (input: Input) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () => client.invalidateQueries({ queryKey: connectionsKey(tenant) }),
  });
}
