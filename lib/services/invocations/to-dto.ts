import type { AttemptModel, InvocationModel } from "#lib/db/rows.ts";
import type { InvocationDetailDto, InvocationDto } from "./schemas.ts";

type AttemptDto = InvocationDetailDto["attempts"][number];

export function toInvocationDto(row: InvocationModel): InvocationDto {
  const { tenantId: _, ...rest } = row;
  return {
    ...rest,
    createdAt: row.createdAt.toISOString(),
    status: row.status as InvocationDto["status"],
    isUsageEstimated: row.isUsageEstimated ?? false,
    costNanoUsd: row.costNanoUsd?.toString() ?? null,
    metadata: row.metadata as InvocationDto["metadata"],
  };
}

/** `names`: what people call the connections now, by their ids. */
export function toAttemptDto(row: AttemptModel, names: ReadonlyMap<string, string>): AttemptDto {
  const { tenantId: _, invocationId: __, createdAt: ___, ...rest } = row;
  return {
    ...rest,
    connectionName: names.get(row.connection) ?? null,
    status: row.status as AttemptDto["status"],
    isUsageEstimated: row.isUsageEstimated ?? false,
    costNanoUsd: row.costNanoUsd?.toString() ?? null,
  };
}
