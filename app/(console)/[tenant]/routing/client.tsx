"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { PageHeader } from "#components/shell/page-header.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { modeOptions } from "#lib/queries/mode.ts";
import { routeDraftOptions } from "#lib/queries/routes.ts";
import { DraftPanel } from "./draft-panel.tsx";
import { FunctionsView } from "./functions-view.tsx";
import { ReviewSheet } from "./review-sheet.tsx";
import { RoutingSkeleton } from "./routing-skeleton.tsx";
import { routingSearchParams } from "./search-params.ts";
import { ROUTING_DESCRIPTION } from "./texts.ts";
import { TryView } from "./try-view.tsx";
import { VersionsView } from "./versions-view.tsx";

const VIEW_OPTIONS = [
  { value: "functions", label: "Functions" },
  { value: "versions", label: "Versions" },
  { value: "try", label: "Try a request" },
] as const;

export function RoutingClient({ tenant }: { tenant: string }) {
  const [view, setView] = useQueryState("view", routingSearchParams.view.withOptions({ history: "push" }));
  // A draft must not change under the hands of who edits it: the page asks again only when told to.
  const draft = useQuery({ ...routeDraftOptions(tenant), refetchOnWindowFocus: false });
  const mode = useQuery({ ...modeOptions(tenant), refetchOnWindowFocus: false });
  const failed = draft.data ? mode : draft;
  const isLoaded = draft.data !== undefined && mode.data !== undefined;
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title="Routing"
        description={ROUTING_DESCRIPTION}
        actions={<Segmented label="View" value={view} onChange={setView} options={VIEW_OPTIONS} />}
      />
      {isLoaded && (
        <>
          <DraftPanel tenant={tenant} draft={draft.data} />
          {view === "functions" && <FunctionsView tenant={tenant} draft={draft.data} functions={mode.data.functions} />}
          {view === "versions" && <VersionsView tenant={tenant} />}
          {view === "try" && <TryView tenant={tenant} draft={draft.data} functions={mode.data.functions} />}
          <ReviewSheet tenant={tenant} draft={draft.data} />
        </>
      )}
      {!isLoaded && failed.error && (
        <ErrorState
          title="The routing could not be loaded."
          error={failed.error}
          onRetry={() => void failed.refetch()}
          isRetrying={failed.isFetching}
        />
      )}
      {!isLoaded && !failed.error && <RoutingSkeleton />}
    </div>
  );
}
