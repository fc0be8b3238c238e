import { RequestId } from "#components/feedback/error-state.tsx";
import { Notice } from "#components/feedback/notice.tsx";
import { ApiError } from "#lib/queries/api-error.ts";

interface RefusalProps {
  /** What was not done: `The connection was not saved`. */
  title: string;
  error: Error | null;
}

/** Why something was not done, where no field's own message says it. */
export function Refusal({ title, error }: RefusalProps) {
  if (error === null) return null;
  return (
    <Notice tone="bad" role="alert" title={title}>
      <p className="break-words">{error.message}</p>
      {error instanceof ApiError && error.requestId && <RequestId requestId={error.requestId} />}
    </Notice>
  );
}
