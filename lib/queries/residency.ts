import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type {
  ChangeResidencyInput,
  DestinationList,
  IssueStatementInput,
  ListDestinationsInput,
  ListRejectionsInput,
  RejectionList,
  ResidencyDto,
} from "#lib/services/residency/schemas.ts";
import { keepAnswer } from "./keep-answer.ts";
import { modeKey } from "./mode.ts";
import { request, tenantPath } from "./request.ts";

const residencyKey = (tenant: string) => [tenant, "residency"] as const;

/** Where calls may go, which accounts that leaves, and what it keeps functions from. */
export function residencyOptions(tenant: string) {
  return queryOptions({
    queryKey: [...residencyKey(tenant), "rule"] as const,
    queryFn: ({ signal }) => request<ResidencyDto>(tenantPath(tenant, "residency"), { signal }),
  });
}

/** Every end that calls went to in a period, with its counts. */
export function destinationsOptions(tenant: string, period: ListDestinationsInput) {
  return queryOptions({
    queryKey: [...residencyKey(tenant), "destinations", period] as const,
    queryFn: ({ signal }) => {
      const query = new URLSearchParams(period);
      return request<DestinationList>(`${tenantPath(tenant, "residency", "destinations")}?${query}`, { signal });
    },
  });
}

/** Every target that the rule kept calls from in a period, with the reason and how many calls. */
export function rejectionsOptions(tenant: string, period: ListRejectionsInput) {
  return queryOptions({
    queryKey: [...residencyKey(tenant), "rejections", period] as const,
    queryFn: ({ signal }) => {
      const query = new URLSearchParams(period);
      return request<RejectionList>(`${tenantPath(tenant, "residency", "rejections")}?${query}`, { signal });
    },
  });
}

/** Puts another rule in force at once. Fails with code `conflict` when `routeVersion` is no longer the newest. */
export function useChangeResidency(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: ChangeResidencyInput) =>
      request<ResidencyDto>(tenantPath(tenant, "residency"), { method: "PUT", body: input }),
    onSuccess: async (residency) => {
      await keepAnswer(client, residencyOptions(tenant).queryKey, residency);
      for (const queryKey of [modeKey(tenant), [tenant, "routes"]]) void client.invalidateQueries({ queryKey });
    },
  });
}

/** A signed statement of all destinations of a period: to be saved as it comes, so that it can be checked. */
export function useIssueStatement(tenant: string) {
  return useMutation({
    mutationFn: (input: IssueStatementInput) =>
      request<object>(tenantPath(tenant, "residency", "statement"), { method: "POST", body: input }),
  });
}
