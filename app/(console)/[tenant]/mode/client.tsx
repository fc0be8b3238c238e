"use client";

import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { PageHeader } from "#components/shell/page-header.tsx";
import { modeOptions } from "#lib/queries/mode.ts";
import { ModeSection } from "./mode-section.tsx";
import { ModeSkeleton } from "./mode-skeleton.tsx";

export function ModeClient({ tenant }: { tenant: string }) {
  // A preview must not change under the hands of who reads it: the page asks again only when told to.
  const query = useQuery({ ...modeOptions(tenant), refetchOnWindowFocus: false });
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title="Mode" description="Who runs this tenant’s models, and which model each function gets." />
      {query.data && <ModeSection tenant={tenant} mode={query.data} />}
      {!query.data && query.error && (
        <ErrorState
          title="The mode could not be loaded."
          error={query.error}
          onRetry={() => void query.refetch()}
          isRetrying={query.isFetching}
        />
      )}
      {!query.data && !query.error && <ModeSkeleton />}
    </div>
  );
}
