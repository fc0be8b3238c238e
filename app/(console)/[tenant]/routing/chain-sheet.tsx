"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { useState } from "react";
import { toast } from "sonner";
import { Notice } from "#components/feedback/notice.tsx";
import { isConflict, Refusal } from "#components/routing/refusal.tsx";
import { useMay } from "#components/shell/console-context.tsx";
import { Button } from "#components/ui/button.tsx";
import { Sheet } from "#components/ui/dialog.tsx";
import { routeDraftOptions, useSaveDraft } from "#lib/queries/routes.ts";
import type { RouteDraftDto } from "#lib/services/route-versions/schemas.ts";
import { ChainEditor } from "./chain-editor.tsx";
import { type RouteConfig, type TargetRef, type Tier, withFunctionTier, withOverride } from "./edit-config.ts";
import { hasTimeoutProblems } from "./edit-patience.ts";
import type { FunctionRow } from "./function-row.ts";
import { PickedByChoice } from "./picked-by-choice.tsx";
import { DEFAULT_CHAIN, routingSearchParams } from "./search-params.ts";

interface ChainSheetProps {
  tenant: string;
  draft: RouteDraftDto;
  functions: readonly FunctionRow[];
}

/** What is edited, beside the table and under its own address. */
export function ChainSheet({ tenant, draft, functions }: ChainSheetProps) {
  const mayWrite = useMay("route:write");
  const [edit, setEdit] = useQueryState("edit", routingSearchParams.edit);
  const row = functions.find(({ slug }) => slug === edit) ?? null;
  const isDefault = edit === DEFAULT_CHAIN;
  const isOpen = mayWrite && (isDefault || row !== null);
  const close = () => void setEdit(null);
  return (
    <Sheet isOpen={isOpen} onClose={close} title={isDefault ? "Default chain" : (row?.name ?? "")}>
      <div className="flex-1 overflow-y-auto p-4">
        {isOpen && (
          <ChainForm key={`${edit} ${draft.revision}`} {...{ tenant, draft, functions, row }} onDone={close} />
        )}
      </div>
    </Sheet>
  );
}

interface ChainFormProps extends ChainSheetProps {
  /** Null: the default chain. */
  row: FunctionRow | null;
  onDone: () => void;
}

function ChainForm({ tenant, draft, functions, row, onDone }: ChainFormProps) {
  const client = useQueryClient();
  const save = useSaveDraft(tenant);
  const [config, setConfig] = useState<RouteConfig>(draft.config);
  const isTiered = config.mode === "platform-managed";
  const ownChain = row === null ? (config.chain ?? []) : config.overrides?.[row.slug];
  const setChain = (chain: TargetRef[] | null) =>
    setConfig(row === null ? { ...config, chain: chain ?? [] } : withOverride(config, row.slug, chain));
  const canSave = isTiered || !ownChain?.some(hasTimeoutProblems);
  const submit = () =>
    save.mutate(
      { config, revision: draft.revision, basedOn: draft.basedOn },
      {
        onSuccess: () => {
          toast.success("Saved to the draft", { description: "Review and publish it to put it in force." });
          onDone();
        },
      },
    );
  if (isConflict(save.error)) {
    const reload = () => void client.invalidateQueries({ queryKey: routeDraftOptions(tenant).queryKey });
    return (
      <Notice
        tone="warn"
        role="alert"
        title="Somebody else has changed the draft"
        actions={<Button onClick={reload}>Reload the draft</Button>}
      >
        <p>{save.error?.message} Your change has not been applied.</p>
      </Notice>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      {row !== null && (
        <PickedByChoice
          isTiered={isTiered}
          tier={config.functionTiers?.[row.slug] ?? null}
          tierOfAll={config.tier}
          hasOwnChain={ownChain !== undefined}
          onTier={(tier: Tier | null) => setConfig(withFunctionTier(config, row.slug, tier))}
          onOwnChain={(isOwn) =>
            setChain(isOwn ? [...(draft.config.overrides?.[row.slug] ?? config.chain ?? [])] : null)
          }
        />
      )}
      {!isTiered && ownChain !== undefined && (
        <ChainEditor
          tenant={tenant}
          mode={config.mode}
          chain={ownChain}
          savedChain={row === null ? (draft.config.chain ?? []) : (draft.config.overrides?.[row.slug] ?? [])}
          field={row === null ? "chain" : `overrides.${row.slug}`}
          problems={draft.problems.filter(({ functionSlug }) => functionSlug === (row?.slug ?? null))}
          usualPatience={draft.usualPatience}
          functions={functions}
          onChange={setChain}
        />
      )}
      <Refusal title="The draft was not saved" error={save.error} />
      <div className="flex flex-wrap items-center gap-2 border-t pt-4">
        <Button
          variant="primary"
          onClick={submit}
          disabled={save.isPending || config === draft.config || !canSave}
          focusableWhenDisabled
          aria-describedby="save-note"
        >
          {save.isPending ? "Saving…" : "Save to draft"}
        </Button>
        <Button onClick={onDone}>Cancel</Button>
        <p id="save-note" className={canSave ? "text-sm text-ink-muted" : "text-sm text-bad"}>
          {canSave ? "Nothing is in force before it is published." : "A time above cannot be saved as it is written."}
        </p>
      </div>
    </div>
  );
}
