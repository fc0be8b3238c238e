"use client";

import { CircleAlert, RotateCw } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { ApiError } from "#lib/queries/api-error.ts";

interface ErrorStateProps {
  /** What could not be done: `The usage could not be loaded.` */
  title: string;
  error: unknown;
  onRetry: () => void;
  isRetrying?: boolean;
}

/** A part of a page that failed: why, the request id to quote, and Retry. */
export function ErrorState({ title, error, onRetry, isRetrying = false }: ErrorStateProps) {
  const requestId = error instanceof ApiError ? error.requestId : null;
  return (
    <div role="alert" className="panel flex flex-col items-start gap-3 p-6">
      <p className="flex items-center gap-2 font-semibold">
        <CircleAlert aria-hidden className="size-4 shrink-0 text-bad" />
        {title}
      </p>
      {error instanceof ApiError && <p className="text-ink-muted">{error.message}</p>}
      {requestId && <RequestId requestId={requestId} />}
      <Button onClick={onRetry} disabled={isRetrying} focusableWhenDisabled>
        <RotateCw aria-hidden className="size-3.5" />
        {isRetrying ? "Retrying…" : "Retry"}
      </Button>
    </div>
  );
}

/** The id under which the server's log knows this request. */
export function RequestId({ requestId, label = "Request id" }: { requestId: string; label?: string }) {
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-sm text-ink-muted">
      {label}
      <span className="figures text-ink break-all">{requestId}</span>
      <CopyButton text={requestId} label={`Copy ${label.toLowerCase()}`} />
    </p>
  );
}
