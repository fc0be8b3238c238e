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

export function toAttemptDto(row: AttemptModel): AttemptDto {
  const { tenantId: _, invocationId: __, createdAt: ___, ...rest } = row;
  return {
    ...rest,
    status: row.status as AttemptDto["status"],
    isUsageEstimated: row.isUsageEstimated ?? false,
    costNanoUsd: row.costNanoUsd?.toString() ?? null,
  };
}
