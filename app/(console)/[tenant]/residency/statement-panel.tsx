"use client";

import { Download } from "lucide-react";
import { toast } from "sonner";
import { Snippet } from "#components/feedback/snippet.tsx";
import { Refusal } from "#components/routing/refusal.tsx";
import { Button } from "#components/ui/button.tsx";
import { useIssueStatement } from "#lib/queries/residency.ts";
import { lastDays } from "./search-params.ts";

/** The export of the period that is shown, and how whoever receives it checks it without this server. */
export function StatementPanel({ tenant, days }: { tenant: string; days: number }) {
  const issue = useIssueStatement(tenant);
  const fileName = `residency-${tenant}-${days}d.json`;
  const issueAndSave = () =>
    issue.mutate(lastDays(days), {
      onSuccess: (statement) => {
        saveJson(fileName, statement);
        toast.success("The statement is signed and downloaded", { description: "That it was issued is on record." });
      },
    });
  return (
    <section aria-labelledby="statement-heading" className="panel flex flex-col gap-4 p-4">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="flex flex-col gap-0.5">
          <h3 id="statement-heading" className="font-semibold">
            Signed statement
          </h3>
          <p className="max-w-prose text-sm text-ink-muted">
            All destinations of this period and the rules that were in force, signed with this instance’s Ed25519 key.
            Whoever receives it can check it without us.
          </p>
        </div>
        <Button onClick={issueAndSave} disabled={issue.isPending} focusableWhenDisabled>
          <Download aria-hidden className="size-3.5" />
          {issue.isPending ? "Signing…" : "Download statement"}
        </Button>
      </div>
      <Refusal title="No statement was issued" error={issue.error} />
      <Snippet
        label="Check it, offline, with the key that this instance publishes"
        code={`curl -so statement-key.json "$SWITCHYARD_URL/api/statement-key"\nnpm run statement:verify -- ${fileName} --key statement-key.json`}
      />
    </section>
  );
}

function saveJson(fileName: string, value: unknown): void {
  const address = URL.createObjectURL(new Blob([`${JSON.stringify(value, null, 2)}\n`], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}
