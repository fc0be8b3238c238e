"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { type Column, DataTable } from "#components/data-table/data-table.tsx";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { formatInteger } from "#lib/format/numbers.ts";
import { rejectionsOptions } from "#lib/queries/residency.ts";
import type { RejectionList } from "#lib/services/residency/schemas.ts";
import { daysOf, lastDays, residencySearchParams } from "./search-params.ts";

type Rejection = RejectionList["data"][number];

/** What the rule kept calls from in the same period; nothing is shown while there is nothing. */
export function RejectionsSection({ tenant }: { tenant: string }) {
  const [period] = useQueryState("period", residencySearchParams.period);
  const query = useQuery({ ...rejectionsOptions(tenant, lastDays(daysOf(period))), placeholderData: keepPreviousData });
  const isEmpty = query.data?.data.length === 0;
  if (isEmpty || (!query.data && !query.error)) return null;
  return (
    <section aria-labelledby="rejections-heading" className="flex flex-col gap-3">
      <div className="flex flex-col gap-0.5">
        <h2 id="rejections-heading" className="font-semibold">
          What calls were kept from
        </h2>
        <p className="max-w-prose text-ink-muted">
          Targets of a route that the rule left out, and how many calls it was.
        </p>
      </div>
      {query.data ? (
        <DataTable
          caption="Targets that the rule left out"
          columns={COLUMNS}
          rows={query.data.data}
          rowKey={({ functionSlug, provider, model, reason }) => [functionSlug, provider, model, reason].join(" ")}
        />
      ) : (
        <ErrorState
          title="What calls were kept from could not be loaded."
          error={query.error as Error}
          onRetry={() => void query.refetch()}
          isRetrying={query.isFetching}
        />
      )}
    </section>
  );
}

const COLUMNS: Column<Rejection>[] = [
  {
    id: "target",
    header: "Target",
    isRowHeader: true,
    cell: ({ providerName, modelName }) => `${providerName} ${modelName}`,
  },
  { id: "function", header: "Function", cell: ({ functionSlug }) => functionSlug ?? "Direct calls" },
  { id: "reason", header: "Why", cell: ({ reason }) => reason },
  { id: "calls", header: "Calls", align: "end", cell: ({ calls }) => formatInteger(calls) },
];
