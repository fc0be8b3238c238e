"use client";

import { useSyncExternalStore } from "react";
import { EmptyState } from "#components/feedback/empty-state.tsx";
import { Snippet } from "#components/feedback/snippet.tsx";

const never = () => () => undefined;

/** For a tenant that has not called anything: what to run, and that the page will show it by itself. */
export function FirstCall({ functionSlug }: { functionSlug: string }) {
  const origin = useSyncExternalStore(
    never,
    () => window.location.origin,
    () => "http://localhost:3000",
  );
  return (
    <EmptyState title="No calls yet" action={<Snippet label="first call" code={curl(origin, functionSlug)} />}>
      Put one of this tenant’s API keys in place of <code className="figures">sy_…</code> and run this in a terminal.
      The call appears here within a few seconds.
    </EmptyState>
  );
}

function curl(origin: string, functionSlug: string): string {
  const body = JSON.stringify({ model: functionSlug, messages: [{ role: "user", content: "My invoice is wrong." }] });
  return [
    `curl ${origin}/v1/chat/completions \\`,
    '  -H "Authorization: Bearer sy_…" \\',
    '  -H "Content-Type: application/json" \\',
    `  -d '${body}'`,
  ].join("\n");
}
