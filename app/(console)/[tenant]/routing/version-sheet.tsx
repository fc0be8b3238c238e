"use client";

import { useQuery } from "@tanstack/react-query";
import { toast } from "sonner";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { Difference } from "#components/routing/difference.tsx";
import { MODE_TEXTS } from "#components/routing/mode-texts.ts";
import { hasErrors, Problems } from "#components/routing/problems.tsx";
import { PublishForm } from "#components/routing/publish-form.tsx";
import { useMay } from "#components/shell/console-context.tsx";
import { Sheet } from "#components/ui/dialog.tsx";
import { LoadingRegion, Skeleton } from "#components/ui/skeleton.tsx";
import { formatDateTime } from "#lib/format/time.ts";
import { routeDraftOptions, routeVersionOptions, useRollBack } from "#lib/queries/routes.ts";
import type { RouteVersionDetailDto } from "#lib/services/route-versions/schemas.ts";

interface VersionSheetProps {
  tenant: string;
  /** Null: closed. */
  number: number | null;
  onClose: () => void;
}

/** One version beside the list: what it changed, and the way back to it. */
export function VersionSheet({ tenant, number, onClose }: VersionSheetProps) {
  return (
    <Sheet isOpen={number !== null} onClose={onClose} title={number === null ? "Version" : `Version ${number}`}>
      <div className="flex-1 overflow-y-auto p-4">
        {number !== null && <Content key={number} tenant={tenant} number={number} onDone={onClose} />}
      </div>
    </Sheet>
  );
}

function Content({ tenant, number, onDone }: { tenant: string; number: number; onDone: () => void }) {
  const query = useQuery(routeVersionOptions(tenant, number));
  if (query.data) return <Version tenant={tenant} version={query.data} onDone={onDone} />;
  if (query.error) {
    return (
      <ErrorState
        title="This version could not be loaded."
        error={query.error}
        onRetry={() => void query.refetch()}
        isRetrying={query.isFetching}
      />
    );
  }
  return (
    <LoadingRegion label="Loading the version">
      <div className="flex flex-col gap-4">
        <Skeleton className="h-16" />
        <Skeleton className="h-32" />
      </div>
    </LoadingRegion>
  );
}

interface VersionProps {
  tenant: string;
  version: RouteVersionDetailDto;
  onDone: () => void;
}

function Version({ tenant, version, onDone }: VersionProps) {
  return (
    <div className="flex flex-col gap-4">
      <p className="text-sm text-ink-muted">
        {MODE_TEXTS[version.mode].title}, published by <span className="text-ink">{version.publishedBy}</span> on{" "}
        <span className="figures">{formatDateTime(version.publishedAt)}</span>
        {version.note && <>: “{version.note}”</>}
      </p>
      <section aria-labelledby="changed-heading" className="flex flex-col gap-2">
        <h3 id="changed-heading" className="font-semibold">
          What it changed
        </h3>
        {version.changes.length === 0 ? (
          <p className="text-sm text-ink-muted">It was the first.</p>
        ) : (
          <ul className="panel flex flex-col gap-1 p-3 text-sm text-ink-muted">
            {version.changes.map((change) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        )}
      </section>
      {version.isInForce ? (
        <p className="text-sm text-ink-muted">This version is in force.</p>
      ) : (
        <WayBack tenant={tenant} version={version} onDone={onDone} />
      )}
    </div>
  );
}

function WayBack({ tenant, version, onDone }: VersionProps) {
  const mayWrite = useMay("route:write");
  const draft = useQuery(routeDraftOptions(tenant));
  const rollBack = useRollBack(tenant);
  const inForce = draft.data?.published.number;
  const publish = (note: string) => {
    if (inForce === undefined) return;
    rollBack.mutate(
      { number: version.number, routeVersion: inForce, note },
      {
        onSuccess: ({ number }) => {
          toast.success(`Back to version ${version.number}, published as version ${number}`);
          onDone();
        },
        onError: () => void draft.refetch(),
      },
    );
  };
  return (
    <>
      <section aria-labelledby="back-heading" className="flex flex-col gap-2">
        <h3 id="back-heading" className="font-semibold">
          What going back to it changes now
        </h3>
        <Difference groups={version.groups} />
      </section>
      <Problems problems={version.problems} />
      {mayWrite && (
        <PublishForm
          action={`Go back to version ${version.number}`}
          error={rollBack.error}
          isPending={rollBack.isPending}
          isBlocked={inForce === undefined || version.groups.length === 0 || hasErrors(version.problems)}
          onPublish={publish}
        />
      )}
    </>
  );
}
