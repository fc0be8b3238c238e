"use client";

import { useQuery } from "@tanstack/react-query";
import { clsx } from "clsx";
import { useQueryState } from "nuqs";
import { type Column, DataTable } from "#components/data-table/data-table.tsx";
import { PlanTargets } from "#components/routing/plan-view.tsx";
import { useMay } from "#components/shell/console-context.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { formatInteger } from "#lib/format/numbers.ts";
import { routePlanOptions } from "#lib/queries/routes.ts";
import type { RouteDraftDto } from "#lib/services/route-versions/schemas.ts";
import { ChainSheet } from "./chain-sheet.tsx";
import { DefaultChain } from "./default-chain.tsx";
import { tierOf } from "./edit-config.ts";
import type { FunctionRow } from "./function-row.ts";
import { ownPatienceOf } from "./own-patience.ts";
import { routingSearchParams } from "./search-params.ts";

interface FunctionsViewProps {
  tenant: string;
  draft: RouteDraftDto;
  functions: readonly FunctionRow[];
}

/** A row a function: what it needs, who picks its models, and where a call of it would go. */
export function FunctionsView({ tenant, draft, functions }: FunctionsViewProps) {
  const mayWrite = useMay("route:write");
  const [, setEdit] = useQueryState("edit", routingSearchParams.edit.withOptions({ history: "push" }));
  const isTiered = draft.config.mode === "platform-managed";
  const columns: Column<FunctionRow>[] = [
    { id: "function", header: "Function", isRowHeader: true, cell: (row) => <FunctionCell row={row} /> },
    { id: "picked", header: "Picked by", cell: (row) => <PickedBy draft={draft} slug={row.slug} /> },
    {
      id: "chain",
      header: "Targets, tried in this order, and why",
      onPhone: "whole",
      cell: (row) => <FunctionPlan tenant={tenant} draft={draft} row={row} />,
    },
  ];
  if (mayWrite) {
    columns.push({
      id: "edit",
      header: <span className="sr-only">Actions</span>,
      align: "end",
      cell: (row) => (
        <Button
          size="small"
          className="font-sans"
          onClick={() => void setEdit(row.slug)}
          aria-label={`Edit ${row.name}`}
        >
          Edit
        </Button>
      ),
    });
  }
  return (
    <>
      {!isTiered && <DefaultChain tenant={tenant} draft={draft} />}
      <section aria-labelledby="functions-heading" className="flex flex-col gap-3">
        <div className="flex flex-col gap-0.5">
          <h2 id="functions-heading" className="font-semibold">
            {draft.isUntouched ? "Functions" : "Functions, as the draft has them"}
          </h2>
          <p className="max-w-prose text-ink-muted">
            A call goes to the first target that can be used. The ones after it are fallbacks for when it fails.
          </p>
        </div>
        <DataTable
          caption="Functions and their targets"
          columns={columns}
          rows={functions}
          rowKey={(row) => row.slug}
        />
      </section>
      <ChainSheet tenant={tenant} draft={draft} functions={functions} />
    </>
  );
}

function FunctionCell({ row }: { row: FunctionRow }) {
  const { contextTokens, capabilities } = row.needs;
  return (
    <span className="flex max-w-72 min-w-40 flex-col gap-0.5 py-1">
      <span className="font-medium">{row.name}</span>
      <span className="figures text-xs text-ink-muted">{row.slug}</span>
      <span className="text-xs text-ink-subtle">
        Needs <span className="figures">{formatInteger(contextTokens)}</span> tokens of context
        {capabilities.length > 0 && `, ${capabilities.join(", ")}`}
      </span>
    </span>
  );
}

function PickedBy({ draft: { config }, slug }: { draft: RouteDraftDto; slug: string }) {
  if (config.mode === "platform-managed") {
    const tier = tierOf(config, slug);
    const isOwn = config.functionTiers?.[slug] !== undefined;
    return (
      <span className="flex flex-col items-start gap-1">
        <span className="block whitespace-nowrap first-letter:uppercase">{tier} tier</span>
        {isOwn && <Badge tone="selected">Its own tier</Badge>}
      </span>
    );
  }
  return config.overrides?.[slug] === undefined ? (
    <span className="whitespace-nowrap text-ink-muted">Default chain</span>
  ) : (
    <Badge tone="selected">Its own chain</Badge>
  );
}

function FunctionPlan({ tenant, draft, row }: { tenant: string; draft: RouteDraftDto; row: FunctionRow }) {
  const input = { source: "draft" as const, function: row.slug, needs: row.needs.capabilities };
  const query = useQuery(routePlanOptions(tenant, input, draft.revision));
  if (query.data) {
    const { targets, excluded } = query.data;
    return (
      <div className="sm:min-w-64">
        <PlanTargets
          targets={targets}
          shows="first"
          ownPatience={(target) => ownPatienceOf(draft.config, row.slug, target)}
        />
        {targets.length === 0 && excluded[0] && <p className="text-xs text-ink-subtle">{excluded[0].reason}</p>}
        {excluded.length > 0 && (
          <p className={clsx("text-xs text-ink-subtle", targets.length > 0 && "pl-6")}>
            {excluded.length === 1 ? "One target is" : `${excluded.length} targets are`} passed over.
          </p>
        )}
      </div>
    );
  }
  if (query.error) {
    return (
      <span className="flex items-center gap-2 text-bad">
        The plan could not be loaded.
        <Button size="small" onClick={() => void query.refetch()}>
          Retry
        </Button>
      </span>
    );
  }
  return <Skeleton className="h-10 w-64" />;
}
