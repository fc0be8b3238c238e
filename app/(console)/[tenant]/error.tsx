"use client";

import { FailurePage } from "#components/feedback/failure-page.tsx";

export default function TenantErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return <FailurePage error={error} onRetry={retry} />;
}
