import { RequestId } from "#components/feedback/error-state.tsx";
import { Notice } from "#components/feedback/notice.tsx";
import { ApiError } from "#lib/queries/api-error.ts";

/** The page shows what it knew, because asking again failed. It goes on trying. */
export function StaleNotice({ error }: { error: Error }) {
  return (
    <Notice tone="bad" role="status" title="These figures could not be renewed">
      <p>{error.message} The page shows what it knew before and keeps trying.</p>
      {error instanceof ApiError && error.requestId && <RequestId requestId={error.requestId} />}
    </Notice>
  );
}
