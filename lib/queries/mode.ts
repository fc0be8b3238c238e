import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { ChangeModeInput, ModeDto, ModePreviewDto } from "#lib/services/mode/schemas.ts";
import { keepAnswer } from "./keep-answer.ts";
import { request, tenantPath } from "./request.ts";

export const modeKey = (tenant: string) => [tenant, "mode"] as const;

/** The tenant's published mode and tier, and every function's chain in each tier. */
export function modeOptions(tenant: string) {
  return queryOptions({
    queryKey: modeKey(tenant),
    queryFn: ({ signal }) => request<ModeDto>(tenantPath(tenant, "mode"), { signal }),
  });
}

/** What is published now, past the cache: to tell what somebody else has published meanwhile. */
export function fetchPublishedMode(tenant: string): Promise<ModeDto> {
  return request<ModeDto>(tenantPath(tenant, "mode"));
}

/** What putting another mode in force would mean. `routeVersion` keeps previews on different versions apart. */
export function modePreviewOptions(tenant: string, mode: ModeDto["mode"], routeVersion: number) {
  return queryOptions({
    queryKey: [...modeKey(tenant), "preview", mode, routeVersion] as const,
    queryFn: ({ signal }) =>
      request<ModePreviewDto>(`${tenantPath(tenant, "mode", "preview")}?mode=${mode}`, { signal }),
  });
}

/** Publishes another mode, tier or setting. Fails with code `conflict` when `routeVersion` is no longer the newest. */
export function useChangeMode(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: ChangeModeInput) =>
      request<ModeDto>(tenantPath(tenant, "mode"), { method: "PUT", body: input }),
    onSuccess: async (mode) => {
      await keepAnswer(client, modeKey(tenant), mode);
      void client.invalidateQueries({ queryKey: [tenant, "routes"] });
      void client.invalidateQueries({ queryKey: [tenant, "residency"] });
    },
  });
}
