"use client";

import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { Sheet } from "#components/ui/dialog.tsx";
import { LoadingRegion, Skeleton } from "#components/ui/skeleton.tsx";
import { ApiError } from "#lib/queries/api-error.ts";
import { invocationOptions } from "#lib/queries/invocations.ts";
import { InvocationDetail } from "./invocation-detail.tsx";

interface InvocationSheetProps {
  tenant: string;
  /** Null: closed. */
  invocationId: string | null;
  onClose: () => void;
}

/** One invocation beside the table that it was opened from. */
export function InvocationSheet({ tenant, invocationId, onClose }: InvocationSheetProps) {
  return (
    <Sheet isOpen={invocationId !== null} onClose={onClose} title="Invocation">
      <div className="flex-1 overflow-y-auto p-4">
        {invocationId !== null && <Content tenant={tenant} invocationId={invocationId} />}
      </div>
    </Sheet>
  );
}

function Content({ tenant, invocationId }: { tenant: string; invocationId: string }) {
  const query = useQuery(invocationOptions(tenant, invocationId));
  if (query.data) return <InvocationDetail invocation={query.data} />;
  if (query.error) {
    const isUnknown = query.error instanceof ApiError && query.error.httpStatus === 404;
    return (
      <ErrorState
        title={isUnknown ? "There is no such invocation in this tenant." : "The invocation could not be loaded."}
        error={query.error}
        onRetry={() => void query.refetch()}
        isRetrying={query.isFetching}
      />
    );
  }
  return (
    <LoadingRegion label="Loading the invocation">
      <div className="flex flex-col gap-4">
        <Skeleton className="h-6 w-56" />
        <Skeleton className="h-32" />
        <Skeleton className="h-48" />
      </div>
    </LoadingRegion>
  );
}
