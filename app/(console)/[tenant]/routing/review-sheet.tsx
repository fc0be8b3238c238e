"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { toast } from "sonner";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { Notice } from "#components/feedback/notice.tsx";
import { Difference } from "#components/routing/difference.tsx";
import { hasErrors, Problems } from "#components/routing/problems.tsx";
import { PublishForm } from "#components/routing/publish-form.tsx";
import { isConflict } from "#components/routing/refusal.tsx";
import { useMay } from "#components/shell/console-context.tsx";
import { Button } from "#components/ui/button.tsx";
import { Sheet } from "#components/ui/dialog.tsx";
import { LoadingRegion, Skeleton } from "#components/ui/skeleton.tsx";
import { draftDifferenceOptions, routeDraftOptions, usePublishDraft } from "#lib/queries/routes.ts";
import type { RouteDraftDto } from "#lib/services/route-versions/schemas.ts";
import { OvertakenNotice } from "./overtaken-notice.tsx";
import { routingSearchParams } from "./search-params.ts";

/** What publishing the draft changes, what keeps it from that, and the button. */
export function ReviewSheet({ tenant, draft }: { tenant: string; draft: RouteDraftDto }) {
  const mayWrite = useMay("route:write");
  const [review, setReview] = useQueryState("review", routingSearchParams.review);
  const isOpen = mayWrite && review !== null && !draft.isUntouched;
  const close = () => void setReview(null);
  return (
    <Sheet isOpen={isOpen} onClose={close} title="Publish the draft">
      <div className="flex-1 overflow-y-auto p-4">
        {isOpen && <Review tenant={tenant} draft={draft} onDone={close} />}
      </div>
    </Sheet>
  );
}

function Review({ tenant, draft, onDone }: { tenant: string; draft: RouteDraftDto; onDone: () => void }) {
  const client = useQueryClient();
  const query = useQuery(draftDifferenceOptions(tenant, draft.revision));
  const publish = usePublishDraft(tenant);
  if (!query.data) {
    if (!query.error) return <ReviewSkeleton />;
    return (
      <ErrorState
        title="The difference could not be loaded."
        error={query.error}
        onRetry={() => void query.refetch()}
        isRetrying={query.isFetching}
      />
    );
  }
  if (isConflict(publish.error)) {
    const reload = () => {
      publish.reset();
      void client.invalidateQueries({ queryKey: routeDraftOptions(tenant).queryKey });
    };
    return (
      <Notice
        tone="warn"
        role="alert"
        title="Somebody else was faster"
        actions={<Button onClick={reload}>Reload</Button>}
      >
        <p>{publish.error?.message} Nothing was published.</p>
      </Notice>
    );
  }
  const { groups, problems } = query.data;
  const isOvertaken = draft.basedOn !== draft.published.number;
  const onPublish = (note: string) =>
    publish.mutate(
      { revision: draft.revision, basedOn: draft.basedOn, note },
      {
        onSuccess: ({ number }) => {
          toast.success(`Published as version ${number}`, { description: "The next call already uses it." });
          onDone();
        },
      },
    );
  return (
    <div className="flex flex-col gap-4">
      <OvertakenNotice tenant={tenant} draft={draft} />
      <section aria-labelledby="difference-heading" className="flex flex-col gap-2">
        <h3 id="difference-heading" className="font-semibold">
          What changes about version <span className="figures">{draft.published.number}</span>
        </h3>
        <Difference groups={groups} />
      </section>
      <Problems problems={problems} />
      <PublishForm
        action={`Publish as version ${draft.published.number + 1}`}
        error={publish.error}
        isPending={publish.isPending}
        isBlocked={isOvertaken || groups.length === 0 || hasErrors(problems)}
        onPublish={onPublish}
      />
    </div>
  );
}

function ReviewSkeleton() {
  return (
    <LoadingRegion label="Loading the difference">
      <div className="flex flex-col gap-4">
        <Skeleton className="h-6 w-56" />
        <Skeleton className="h-32" />
        <Skeleton className="h-28" />
      </div>
    </LoadingRegion>
  );
}
