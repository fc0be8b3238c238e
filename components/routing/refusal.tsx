import { RequestId } from "#components/feedback/error-state.tsx";
import { Notice } from "#components/feedback/notice.tsx";
import { ApiError } from "#lib/queries/api-error.ts";

interface RefusalProps {
  title: string;
  error: Error | null;
  /** Fields whose messages stand beside them already. */
  shown?: readonly string[];
}

/** Why something was not done: what the API says, and the request id to quote. */
export function Refusal({ title, error, shown = [] }: RefusalProps) {
  if (!error || (error instanceof ApiError && shown.some((field) => error.fields[field]))) return null;
  return (
    <Notice tone="bad" role="alert" title={title}>
      <p>{error.message}</p>
      {error instanceof ApiError && error.requestId && <RequestId requestId={error.requestId} />}
    </Notice>
  );
}

export function isConflict(error: Error | null): boolean {
  return error instanceof ApiError && error.code === "conflict";
}
