"use client";

import { toast } from "sonner";
import { Notice } from "#components/feedback/notice.tsx";
import { Button } from "#components/ui/button.tsx";
import { formatDateTime } from "#lib/format/time.ts";
import { useDiscardDraft, useSaveDraft } from "#lib/queries/routes.ts";
import type { RouteDraftDto } from "#lib/services/route-versions/schemas.ts";

/** Somebody has published since the draft was begun: it is kept, and put on top only when a person says so. */
export function OvertakenNotice({ tenant, draft }: { tenant: string; draft: RouteDraftDto }) {
  const save = useSaveDraft(tenant);
  const discard = useDiscardDraft(tenant);
  const { published, basedOn, config, revision, isUntouched } = draft;
  if (isUntouched || basedOn === published.number) return null;
  const onError = (error: Error) => toast.error("Nothing was changed", { description: error.message });
  return (
    <Notice
      tone="warn"
      role="alert"
      title={`Version ${published.number} was published while this draft was being made`}
      actions={
        <>
          <Button onClick={() => save.mutate({ config, revision, basedOn: published.number }, { onError })}>
            Keep the draft, over version {published.number}
          </Button>
          <Button onClick={() => discard.mutate({ revision }, { onError })}>
            Discard, begin from {published.number}
          </Button>
        </>
      }
    >
      <p>
        {published.publishedBy} published it on <span className="figures">{formatDateTime(published.publishedAt)}</span>
        . The draft is a copy of version {basedOn} and cannot be published before you decide: kept, it replaces what
        that version changed.
      </p>
    </Notice>
  );
}
