"use client";

import { FailurePage } from "#components/feedback/failure-page.tsx";
import "./globals.css";

/** When even the frame of the pages failed: this stands in for the whole document, in the system's own fonts. */
export default function GlobalErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Error · Switchyard</title>
        <FailurePage error={error} onRetry={retry} />
      </body>
    </html>
  );
}
