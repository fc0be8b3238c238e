"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { MODE_TEXTS, type Mode } from "#components/routing/mode-texts.ts";
import { hasErrors, Problems } from "#components/routing/problems.tsx";
import { PublishForm } from "#components/routing/publish-form.tsx";
import { isConflict } from "#components/routing/refusal.tsx";
import { Button } from "#components/ui/button.tsx";
import { LoadingRegion, Skeleton } from "#components/ui/skeleton.tsx";
import { fetchPublishedMode, modeKey, modePreviewOptions, useChangeMode } from "#lib/queries/mode.ts";
import { routeDraftOptions, useSaveDraft } from "#lib/queries/routes.ts";
import type { ModeDto } from "#lib/services/mode/schemas.ts";
import { ConflictNotice } from "./conflict-notice.tsx";
import { ModePreview } from "./mode-preview.tsx";

interface ModeChangeProps {
  tenant: string;
  mode: ModeDto;
  /** The mode to change to. */
  to: Mode;
  /** Back to the mode in use. */
  onLeave: () => void;
}

/** What the switch would mean, and the button that makes it. */
export function ModeChange({ tenant, mode, to, onLeave }: ModeChangeProps) {
  const preview = useQuery({ ...modePreviewOptions(tenant, to, mode.routeVersion), refetchOnWindowFocus: false });
  const { title } = MODE_TEXTS[to];
  return (
    <section aria-labelledby="mode-change-heading" className="flex flex-col gap-4">
      <h2 id="mode-change-heading" className="font-semibold">
        What changes with {title}
      </h2>
      {preview.data && (
        <>
          <ModePreview preview={preview.data} />
          <Problems problems={preview.data.problems} />
          {to !== "platform-managed" && <Preparation tenant={tenant} to={to} />}
          <ModeForm
            tenant={tenant}
            mode={mode}
            to={to}
            isBlocked={hasErrors(preview.data.problems)}
            onLeave={onLeave}
          />
        </>
      )}
      {!preview.data && preview.error && (
        <ErrorState
          title="The preview could not be loaded."
          error={preview.error}
          onRetry={() => void preview.refetch()}
          isRetrying={preview.isFetching}
        />
      )}
      {!preview.data && !preview.error && (
        <LoadingRegion label="Loading the preview">
          <div className="flex flex-col gap-4">
            <Skeleton className="h-24" />
            <Skeleton className="h-64" />
          </div>
        </LoadingRegion>
      )}
    </section>
  );
}

/** Chains are written before their mode is in force: in a draft that is for that mode. */
function Preparation({ tenant, to }: { tenant: string; to: Mode }) {
  const router = useRouter();
  const draft = useQuery(routeDraftOptions(tenant));
  const save = useSaveDraft(tenant);
  const prepare = () => {
    if (draft.data === undefined) return;
    const { config, revision, basedOn } = draft.data;
    const open = () => router.push(`/${tenant}/routing`);
    if (config.mode === to) open();
    else {
      save.mutate(
        { config: { ...config, mode: to }, revision, basedOn },
        { onSuccess: open, onError: (error) => toast.error("The draft was not made", { description: error.message }) },
      );
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button onClick={prepare} disabled={draft.data === undefined || save.isPending} focusableWhenDisabled>
        Prepare it in Routing
      </Button>
      <p className="text-sm text-ink-muted">
        Write the chains for {MODE_TEXTS[to].title} in a draft and publish both together. Nothing changes before that.
      </p>
    </div>
  );
}

function ModeForm({ tenant, mode, to, isBlocked, onLeave }: ModeChangeProps & { isBlocked: boolean }) {
  const client = useQueryClient();
  const change = useChangeMode(tenant);
  const [published, setPublished] = useState<ModeDto | null>(null);
  const { title } = MODE_TEXTS[to];
  const apply = (note: string) =>
    change.mutate(
      { mode: to, routeVersion: mode.routeVersion, note },
      {
        onSuccess: ({ routeVersion }) => {
          toast.success(`${title} is published as version ${routeVersion}`, {
            description: "The next call of every function already uses it.",
          });
          onLeave();
        },
        onError: async (error) => {
          if (isConflict(error)) setPublished(await fetchPublishedMode(tenant).catch(() => null));
        },
      },
    );
  const reload = async () => {
    if (published) client.setQueryData(modeKey(tenant), published);
    else await client.invalidateQueries({ queryKey: modeKey(tenant) });
    onLeave();
  };
  if (isConflict(change.error)) {
    return <ConflictNotice basedOn={mode.routeVersion} published={published} onReload={() => void reload()} />;
  }
  return (
    <PublishForm
      action={`Switch to ${title}`}
      error={change.error}
      isPending={change.isPending}
      isBlocked={isBlocked}
      onPublish={apply}
    >
      <Button onClick={onLeave}>Keep {MODE_TEXTS[mode.mode].title}</Button>
    </PublishForm>
  );
}
