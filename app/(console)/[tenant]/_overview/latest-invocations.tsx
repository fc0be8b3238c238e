"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryState, useQueryStates } from "nuqs";
import { DataTable } from "#components/data-table/data-table.tsx";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { InvocationSheet } from "#components/invocation/invocation-sheet.tsx";
import { Button } from "#components/ui/button.tsx";
import { invocationsOptions } from "#lib/queries/invocations.ts";
import { overviewSearchParams } from "../search-params.ts";
import { invocationColumns } from "./invocation-columns.tsx";
import { TableSkeleton } from "./skeletons.tsx";

/** The latest calls, each opening beside the table under its own address. */
export function LatestInvocations({ tenant }: { tenant: string }) {
  const [openId, setOpenId] = useQueryState(
    "invocation",
    overviewSearchParams.invocation.withOptions({ history: "push" }),
  );
  return (
    <section aria-labelledby="invocations-heading" className="flex flex-col gap-3">
      <InvocationTable tenant={tenant} openId={openId} onOpen={(id) => void setOpenId(id)} />
      <InvocationSheet tenant={tenant} invocationId={openId} onClose={() => void setOpenId(null)} />
    </section>
  );
}

interface InvocationTableProps {
  tenant: string;
  openId: string | null;
  onOpen: (id: string) => void;
}

function InvocationTable({ tenant, openId, onOpen }: InvocationTableProps) {
  const { cursor: cursorParser } = overviewSearchParams;
  const [{ cursor }, setState] = useQueryStates({ cursor: cursorParser }, { history: "push" });
  const query = useQuery(invocationsOptions(tenant, cursor));
  const heading = (
    <div className="flex min-h-7 flex-wrap items-center justify-between gap-2">
      <h2 id="invocations-heading" className="font-semibold">
        {cursor ? "Earlier invocations" : "Latest invocations"}
      </h2>
      {!cursor && <p className="text-xs text-ink-subtle">Renewed every 5 seconds</p>}
    </div>
  );
  if (!query.data) {
    return (
      <>
        {heading}
        {query.error ? (
          <ErrorState
            title="The invocations could not be loaded."
            error={query.error}
            onRetry={() => void query.refetch()}
            isRetrying={query.isFetching}
          />
        ) : (
          <TableSkeleton />
        )}
      </>
    );
  }
  const { data, nextCursor } = query.data;
  return (
    <>
      {heading}
      <DataTable
        caption={cursor ? "Earlier invocations" : "Latest invocations"}
        columns={invocationColumns(tenant, onOpen)}
        rows={data}
        rowKey={(row) => row.id}
        onRowPress={(row) => onOpen(row.id)}
        selectedKey={openId}
      />
      <div className="flex justify-end gap-2">
        {cursor && (
          <Button size="small" onClick={() => void setState({ cursor: null })}>
            Latest
          </Button>
        )}
        {nextCursor && (
          <Button size="small" onClick={() => void setState({ cursor: nextCursor })} disabled={query.isPlaceholderData}>
            Earlier
          </Button>
        )}
      </div>
    </>
  );
}
