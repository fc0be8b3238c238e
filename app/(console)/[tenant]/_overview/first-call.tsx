"use client";

import Link from "next/link";
import { EmptyState } from "#components/feedback/empty-state.tsx";
import { Snippet } from "#components/feedback/snippet.tsx";
import { useOrigin } from "#components/feedback/use-origin.ts";
import { API_REFERENCE } from "#components/shell/routes.ts";

/** For a tenant that has not called anything: what to run, and that the page will show it by itself. */
export function FirstCall({ functionSlug }: { functionSlug: string }) {
  const origin = useOrigin();
  return (
    <EmptyState title="No calls yet" action={<Snippet label="first call" code={curl(origin, functionSlug)} />}>
      Put one of this tenant’s API keys in place of <code className="figures">sy_…</code> and run this in a terminal.
      The call appears here within a few seconds. Every other call is in the{" "}
      <Link href={API_REFERENCE} className="underline underline-offset-2 hover:text-ink">
        API reference
      </Link>
      .
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
