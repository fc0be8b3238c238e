"use client";

import { leave } from "#components/shell/leave.ts";
import { Wordmark } from "#components/shell/mark.tsx";
import { Button } from "#components/ui/button.tsx";

/** For a person who is signed in but belongs nowhere. */
export function NoTenant({ email }: { email: string }) {
  return (
    <main className="mx-auto flex max-w-lg flex-col items-start gap-4 px-6 py-24">
      <Wordmark />
      <h1 className="text-xl font-semibold">You are not a member of any tenant yet</h1>
      <p className="text-ink-muted">
        You are signed in as <strong className="font-medium text-ink">{email}</strong>. Ask an owner or admin of your
        organisation’s tenant to add this address, then reload this page.
      </p>
      <Button onClick={leave}>Sign out</Button>
    </main>
  );
}
