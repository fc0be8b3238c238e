import { z } from "zod";
import type { ConnectionModel } from "#lib/db/rows.ts";
import type { OwnPrice } from "#lib/gateway/contract/catalog.ts";
import { ownPriceSchema } from "./schemas.ts";
import { connectionTestSchema, discoveredModelSchema } from "./tests/schemas.ts";

const storedSchema = z.object({
  fields: z.record(z.string(), z.string()),
  models: z.array(discoveredModelSchema),
  prices: ownPriceSchema.nullable(),
  lastTest: connectionTestSchema.nullable(),
});

/** A row of `connection` with its JSON read. */
export type StoredConnection = Omit<ConnectionModel, keyof z.infer<typeof storedSchema>> & z.infer<typeof storedSchema>;

export function readStored(row: ConnectionModel): StoredConnection {
  return { ...row, ...storedSchema.parse(row) };
}

/** The price as the engine counts it. */
export function toOwnPrice(price: StoredConnection["prices"]): OwnPrice | null {
  if (price === null) return null;
  if (price.kind === "gpu-hour") return { kind: "gpu-hour", nanoUsdPerHour: BigInt(price.nanoUsdPerHour) };
  return {
    kind: "tokens",
    inputNanoUsdPerMillion: BigInt(price.inputNanoUsdPerMillion),
    outputNanoUsdPerMillion: BigInt(price.outputNanoUsdPerMillion),
  };
}
