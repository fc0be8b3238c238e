import type { ProviderEntry } from "#lib/providers/registry/index.ts";
import { ServiceError } from "../errors.ts";
import type { StoredConnection } from "./stored.ts";

/** Throws `invalid_request` for hours of a machine that is not the tenant's. */
export function assertPriceable({ hosting, name }: ProviderEntry, price: StoredConnection["prices"]): void {
  if (price?.kind !== "gpu-hour" || hosting === "self-hosted") return;
  const message = `${name} charges by tokens: a price per GPU-hour is for servers of your own.`;
  throw new ServiceError("invalid_request", message, { fields: { price: message } });
}
