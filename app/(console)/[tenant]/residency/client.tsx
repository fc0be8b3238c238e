"use client";

import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { PageHeader } from "#components/shell/page-header.tsx";
import { residencyOptions } from "#lib/queries/residency.ts";
import { DestinationsSection } from "./destinations-section.tsx";
import { PlacesSection } from "./places-section.tsx";
import { RejectionsSection } from "./rejections-section.tsx";
import { ResidencySkeleton } from "./residency-skeleton.tsx";
import { RuleSection } from "./rule-section.tsx";
import { RESIDENCY_DESCRIPTION } from "./texts.ts";

export function ResidencyClient({ tenant }: { tenant: string }) {
  // A rule must not change under the hands of who edits it: the page asks again only when told to.
  const query = useQuery({ ...residencyOptions(tenant), refetchOnWindowFocus: false });
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title="Residency" description={RESIDENCY_DESCRIPTION} />
      {query.data && (
        <>
          <RuleSection key={query.data.routeVersion} tenant={tenant} rule={query.data} />
          <PlacesSection rule={query.data} />
          <DestinationsSection tenant={tenant} />
          <RejectionsSection tenant={tenant} />
        </>
      )}
      {!query.data && query.error && (
        <ErrorState
          title="The residency could not be loaded."
          error={query.error}
          onRetry={() => void query.refetch()}
          isRetrying={query.isFetching}
        />
      )}
      {!query.data && !query.error && <ResidencySkeleton />}
    </div>
  );
}
