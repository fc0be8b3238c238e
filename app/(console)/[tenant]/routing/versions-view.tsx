"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { type Column, DataTable } from "#components/data-table/data-table.tsx";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { MODE_TEXTS } from "#components/routing/mode-texts.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { LoadingRegion, Skeleton } from "#components/ui/skeleton.tsx";
import { formatTimeInColumn } from "#lib/format/time.ts";
import { routeVersionsOptions } from "#lib/queries/routes.ts";
import type { RouteVersionDto } from "#lib/services/route-versions/schemas.ts";
import { routingSearchParams } from "./search-params.ts";
import { VersionSheet } from "./version-sheet.tsx";

/** Every published version, newest first; each opens with what going back to it would change. */
export function VersionsView({ tenant }: { tenant: string }) {
  const [version, setVersion] = useQueryState("version", routingSearchParams.version.withOptions({ history: "push" }));
  const query = useInfiniteQuery(routeVersionsOptions(tenant));
  const open = (number: number) => void setVersion(number);
  return (
    <section aria-labelledby="versions-heading" className="flex flex-col gap-3">
      <div className="flex flex-col gap-0.5">
        <h2 id="versions-heading" className="font-semibold">
          Versions
        </h2>
        <p className="max-w-prose text-ink-muted">
          A version never changes. Going back publishes an old one again, as the next.
        </p>
      </div>
      {query.data ? (
        <>
          <DataTable
            caption="Published versions"
            columns={columnsFor(open)}
            rows={query.data.pages.flatMap(({ data }) => data)}
            rowKey={(row) => String(row.number)}
            onRowPress={(row) => open(row.number)}
            selectedKey={version === null ? null : String(version)}
          />
          {query.hasNextPage && (
            <Button
              size="small"
              className="self-end"
              onClick={() => void query.fetchNextPage()}
              disabled={query.isFetchingNextPage}
              focusableWhenDisabled
            >
              {query.isFetchingNextPage ? "Loading…" : "Show earlier versions"}
            </Button>
          )}
        </>
      ) : query.error ? (
        <ErrorState
          title="The versions could not be loaded."
          error={query.error}
          onRetry={() => void query.refetch()}
          isRetrying={query.isFetching}
        />
      ) : (
        <LoadingRegion label="Loading the versions">
          <Skeleton className="h-48" />
        </LoadingRegion>
      )}
      <VersionSheet tenant={tenant} number={version} onClose={() => void setVersion(null)} />
    </section>
  );
}

function columnsFor(open: (number: number) => void): Column<RouteVersionDto>[] {
  return [
    {
      id: "number",
      header: "Version",
      isRowHeader: true,
      cell: (row) => (
        <span className="flex items-center gap-2">
          <VersionLink number={row.number} onOpen={open} />
          {row.isInForce && <Badge tone="selected">In force</Badge>}
        </span>
      ),
    },
    {
      id: "changes",
      header: "What it changed",
      onPhone: "whole",
      cell: ({ note, changes }) => (
        <span className="flex max-w-2xl sm:min-w-56 flex-col gap-0.5 py-1">
          {note && <span className="font-medium">“{note}”</span>}
          {changes.slice(0, MAX_CHANGES).map((change) => (
            <span key={change} className="text-xs text-ink-muted">
              {change}
            </span>
          ))}
          {changes.length > MAX_CHANGES && (
            <span className="text-xs text-ink-subtle">and {changes.length - MAX_CHANGES} more</span>
          )}
          {changes.length === 0 && <span className="text-xs text-ink-subtle">The first one.</span>}
        </span>
      ),
    },
    {
      id: "mode",
      header: "Mode",
      cell: (row) => <span className="whitespace-nowrap">{MODE_TEXTS[row.mode].title}</span>,
    },
    { id: "by", header: "Published by", cell: (row) => row.publishedBy },
    {
      id: "at",
      header: "At (UTC)",
      cell: (row) => <span className="figures whitespace-nowrap">{formatTimeInColumn(row.publishedAt)}</span>,
    },
  ];
}

const MAX_CHANGES = 4;

/** A real link, so that it opens in a new tab too; a plain press opens the sheet without leaving the page. */
function VersionLink({ number, onOpen }: { number: number; onOpen: (number: number) => void }) {
  return (
    <a
      href={`?view=versions&version=${number}`}
      onClick={(event) => {
        event.stopPropagation();
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        onOpen(number);
      }}
      className="figures inline-flex min-h-6 min-w-6 items-center underline decoration-line-strong underline-offset-4 hover:decoration-ink"
    >
      <span className="sr-only">Version </span>
      {number}
    </a>
  );
}
