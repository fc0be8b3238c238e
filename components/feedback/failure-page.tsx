"use client";

import { useEffect } from "react";
import { Button } from "#components/ui/button.tsx";
import { RequestId } from "./error-state.tsx";

interface FailurePageProps {
  error: unknown;
  onRetry: () => void;
}

/** A page that failed as a whole. The reference finds the cause in the server's log. */
export function FailurePage({ error, onRetry }: FailurePageProps) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  useEffect(() => console.error(error), [error]);
  return (
    <main id="content" className="mx-auto flex max-w-lg flex-col items-start gap-4 px-6 py-24">
      <h1 className="text-xl font-semibold">This page could not be shown</h1>
      <p className="text-ink-muted">
        Something went wrong on our side. Calls to the gateway go on without the console. Retry, and quote the reference
        below if it stays.
      </p>
      {digest && <RequestId requestId={digest} label="Reference" />}
      <Button variant="primary" onClick={onRetry}>
        Retry
      </Button>
    </main>
  );
}
