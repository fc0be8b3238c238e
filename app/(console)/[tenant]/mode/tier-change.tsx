"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { RequestId } from "#components/feedback/error-state.tsx";
import { Notice } from "#components/feedback/notice.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { ApiError } from "#lib/queries/api-error.ts";
import { fetchPublishedMode, modeKey, useChangeMode } from "#lib/queries/mode.ts";
import type { ModeDto } from "#lib/services/mode/schemas.ts";
import { ChangeTable } from "./change-table.tsx";
import { ConflictNotice } from "./conflict-notice.tsx";
import { TIER_TEXTS, type Tier } from "./tiers.ts";

const NOTE_MAX_LENGTH = 200;

interface TierChangeProps {
  tenant: string;
  mode: ModeDto;
  /** The tier to change to. */
  tier: Tier;
  /** Back to the tier in use. */
  onLeave: () => void;
}

/** What would change, and the button that makes it so. */
export function TierChange({ tenant, mode, tier, onLeave }: TierChangeProps) {
  const client = useQueryClient();
  const change = useChangeMode(tenant);
  const [published, setPublished] = useState<ModeDto | null>(null);
  const { title } = TIER_TEXTS[tier];
  const hasConflict = change.error instanceof ApiError && change.error.code === "conflict";

  const apply = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const note = String(new FormData(event.currentTarget).get("note") ?? "");
    change.mutate(
      { tier, routeVersion: mode.routeVersion, note },
      {
        onSuccess: (applied) => {
          toast.success(`${title} is published as version ${applied.routeVersion}`, {
            description: "The next call of every function already uses it.",
          });
          onLeave();
        },
        onError: async (error) => {
          if (!(error instanceof ApiError && error.code === "conflict")) return;
          setPublished(await fetchPublishedMode(tenant).catch(() => null));
        },
      },
    );
  };
  const reload = async () => {
    if (published) client.setQueryData(modeKey(tenant), published);
    else await client.invalidateQueries({ queryKey: modeKey(tenant) });
    onLeave();
  };
  return (
    <section aria-labelledby="change-heading" className="flex flex-col gap-3">
      <h2 id="change-heading" className="font-semibold">
        What changes with {title}
      </h2>
      <ChangeTable mode={mode} tier={tier} />
      {hasConflict ? (
        <ConflictNotice basedOn={mode.routeVersion} published={published} onReload={() => void reload()} />
      ) : (
        <form onSubmit={apply} className="panel flex flex-col gap-4 p-4">
          <Field
            label="Note (optional)"
            name="note"
            hint="Why, for those who look at this version later."
            error={change.error instanceof ApiError ? change.error.fields.note : undefined}
          >
            <Input maxLength={NOTE_MAX_LENGTH} autoComplete="off" />
          </Field>
          <Refusal error={change.error} />
          <div className="flex flex-wrap items-center gap-2">
            <Button type="submit" variant="primary" disabled={change.isPending} focusableWhenDisabled>
              {change.isPending ? "Applying…" : `Apply ${title}`}
            </Button>
            <Button onClick={onLeave}>Keep {TIER_TEXTS[mode.tier].title}</Button>
            <p className="text-sm text-ink-muted">Takes effect on the next call. Calls under way end as they began.</p>
          </div>
        </form>
      )}
    </section>
  );
}

function Refusal({ error }: { error: Error | null }) {
  if (!error || (error instanceof ApiError && error.fields.note)) return null;
  return (
    <Notice tone="bad" role="alert" title="The tier was not changed">
      <p>{error.message}</p>
      {error instanceof ApiError && error.requestId && <RequestId requestId={error.requestId} />}
    </Notice>
  );
}
