import type { Binding } from "./seal.ts";

/** A wrapped data key opens as this tenant's and in this version alone. */
export function bindDataKey({ tenantId, version }: { tenantId: string; version: number }): Binding {
  return { column: "tenant_data_key.wrapped", tenantId, rowId: tenantId, version };
}
