"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { ErrorState } from "#components/feedback/error-state.tsx";
import type { UsageDto } from "#lib/services/usage/schemas.ts";
import { UsageSkeleton } from "./skeletons.tsx";
import { StatTiles } from "./stat-tiles.tsx";
import { UsageChart } from "./usage-chart.tsx";

/** The figures of the range and their chart, whatever state they are in. */
export function UsageSection({ query }: { query: UseQueryResult<UsageDto> }) {
  if (query.data) {
    return (
      <>
        <StatTiles usage={query.data} />
        <UsageChart usage={query.data} />
      </>
    );
  }
  if (query.error) {
    return (
      <ErrorState
        title="The usage could not be loaded."
        error={query.error}
        onRetry={() => void query.refetch()}
        isRetrying={query.isFetching}
      />
    );
  }
  return <UsageSkeleton />;
}
