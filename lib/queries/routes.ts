import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type { RoutePlanDto, TryRouteInput } from "#lib/services/route-versions/plans/schemas.ts";
import type {
  DraftDifferenceDto,
  PublishDraftInput,
  RollBackInput,
  RouteDraftDto,
  RouteVersionDetailDto,
  RouteVersionPage,
  SaveDraftInput,
} from "#lib/services/route-versions/schemas.ts";
import { keepAnswer } from "./keep-answer.ts";
import { modeKey } from "./mode.ts";
import { request, tenantPath } from "./request.ts";

const routesKey = (tenant: string) => [tenant, "routes"] as const;
const draftKey = (tenant: string) => [tenant, "routes", "draft"] as const;

/** What the tenant's people are working on, with its problems. */
export function routeDraftOptions(tenant: string) {
  return queryOptions({
    queryKey: draftKey(tenant),
    queryFn: ({ signal }) => request<RouteDraftDto>(tenantPath(tenant, "routes", "draft"), { signal }),
  });
}

/** What publishing the draft would change, in words. Asked for anew with every revision of it. */
export function draftDifferenceOptions(tenant: string, revision: number) {
  return queryOptions({
    queryKey: [tenant, "routes", "difference", revision] as const,
    queryFn: ({ signal }) =>
      request<DraftDifferenceDto>(tenantPath(tenant, "routes", "draft", "difference"), { signal }),
  });
}

/** Published versions, newest first, page after page. */
export function routeVersionsOptions(tenant: string) {
  return infiniteQueryOptions({
    queryKey: [tenant, "routes", "versions"] as const,
    queryFn: ({ pageParam, signal }) => {
      const query = pageParam === null ? "" : `?${new URLSearchParams({ cursor: pageParam })}`;
      return request<RouteVersionPage>(`${tenantPath(tenant, "routes", "versions")}${query}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}

/** One published version, and what going back to it would change. */
export function routeVersionOptions(tenant: string, number: number) {
  return queryOptions({
    queryKey: [tenant, "routes", "version", number] as const,
    queryFn: ({ signal }) =>
      request<RouteVersionDetailDto>(tenantPath(tenant, "routes", "versions", String(number)), { signal }),
  });
}

/** Where a request would go, and why. Nothing is called. `revision` keeps the plans of different drafts apart. */
export function routePlanOptions(tenant: string, input: TryRouteInput, revision: number) {
  return queryOptions({
    queryKey: [tenant, "routes", "plan", revision, input] as const,
    queryFn: ({ signal }) =>
      request<RoutePlanDto>(tenantPath(tenant, "routes", "try"), { method: "POST", body: input, signal }),
    placeholderData: keepPreviousData,
  });
}

/** Keeps the draft. Fails with code `conflict` when somebody has changed it since `revision`. */
export function useSaveDraft(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: SaveDraftInput) =>
      request<RouteDraftDto>(tenantPath(tenant, "routes", "draft"), { method: "PUT", body: input }),
    onSuccess: (draft) => keepAnswer(client, draftKey(tenant), draft),
  });
}

/** Gives the draft up. Fails as `useSaveDraft` does. */
export function useDiscardDraft(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ revision }: { revision: number }) =>
      request<RouteDraftDto>(`${tenantPath(tenant, "routes", "draft")}?revision=${revision}`, { method: "DELETE" }),
    onSuccess: (draft) => keepAnswer(client, draftKey(tenant), draft),
  });
}

/** Puts the draft in force. Fails with `conflict`, or `invalid_request` whose `fields` are places in the draft. */
export function usePublishDraft(tenant: string) {
  const forget = useForgetRoutes(tenant);
  return useMutation({
    mutationFn: (input: PublishDraftInput) =>
      request<RouteVersionDetailDto>(tenantPath(tenant, "routes", "publish"), { method: "POST", body: input }),
    onSuccess: forget,
  });
}

/** Puts an earlier version in force once more. Fails as `usePublishDraft` does. */
export function useRollBack(tenant: string) {
  const forget = useForgetRoutes(tenant);
  return useMutation({
    mutationFn: ({ number, ...body }: Omit<RollBackInput, "number"> & { number: number }) =>
      request<RouteVersionDetailDto>(tenantPath(tenant, "routes", "versions", String(number), "rollback"), {
        method: "POST",
        body,
      }),
    onSuccess: forget,
  });
}

/** A publication changes the draft, the versions, the mode and what residency allows. */
function useForgetRoutes(tenant: string) {
  const client = useQueryClient();
  return () =>
    Promise.all(
      [routesKey(tenant), modeKey(tenant), [tenant, "residency"]].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    );
}
