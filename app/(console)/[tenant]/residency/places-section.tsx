import { Ban, Check } from "lucide-react";
import { ProviderName } from "#components/charts/provider-name.tsx";
import { type Column, DataTable } from "#components/data-table/data-table.tsx";
import { Unknown } from "#components/invocation/unknown.tsx";
import { Badge } from "#components/ui/badge.tsx";
import type { ResidencyDto } from "#lib/services/residency/schemas.ts";

type Place = ResidencyDto["places"][number];
type Rejected = ResidencyDto["rejected"][number];

/** Every account that the mode may use, inside or outside; and what that keeps functions from. */
export function PlacesSection({ rule }: { rule: ResidencyDto }) {
  return (
    <section aria-labelledby="places-heading" className="flex flex-col gap-3">
      <div className="flex flex-col gap-0.5">
        <h2 id="places-heading" className="font-semibold">
          Accounts and servers of the mode in use
        </h2>
        <p className="max-w-prose text-ink-muted">
          What is outside is passed over by every call, whatever a chain says.
        </p>
      </div>
      {rule.places.length === 0 ? (
        <p className="panel p-4 text-sm text-ink-muted">The mode in use has no account to call: nothing can leave.</p>
      ) : (
        <DataTable
          caption="Accounts and servers"
          columns={PLACE_COLUMNS}
          rows={rule.places}
          rowKey={({ connectionId }) => connectionId}
        />
      )}
      {rule.rejected.length > 0 && (
        <details className="panel p-4">
          <summary className="min-h-6 cursor-pointer text-sm font-medium">
            Targets that functions are kept from ({rule.rejected.length})
          </summary>
          <div className="pt-3">
            <DataTable
              caption="Rejected targets"
              columns={REJECTED_COLUMNS}
              rows={rule.rejected}
              rowKey={({ functionSlug, provider, model, reason }) => [functionSlug, provider, model, reason].join(" ")}
            />
          </div>
        </details>
      )}
    </section>
  );
}

const PLACE_COLUMNS: Column<Place>[] = [
  {
    id: "name",
    header: "Account",
    isRowHeader: true,
    // The platform's are called as in the middle of a sentence.
    cell: ({ connectionName }) => <span className="inline-block first-letter:uppercase">{connectionName}</span>,
  },
  { id: "provider", header: "Provider", cell: ({ provider }) => <ProviderName provider={provider} /> },
  { id: "host", header: "Host", cell: ({ host }) => <span className="figures">{host}</span> },
  { id: "regions", header: "Regions", cell: ({ regions }) => <Regions regions={regions} /> },
  {
    id: "outside",
    header: "Calls may go there",
    cell: ({ outside }) =>
      outside === null ? (
        <Badge tone="good" icon={<Check aria-hidden className="size-3" />}>
          Yes
        </Badge>
      ) : (
        <span className="flex flex-col sm:min-w-48 items-start gap-0.5 py-1">
          <Badge tone="bad" icon={<Ban aria-hidden className="size-3" />}>
            Outside
          </Badge>
          <span className="text-xs text-ink-subtle">{outside}</span>
        </span>
      ),
  },
];

const REJECTED_COLUMNS: Column<Rejected>[] = [
  { id: "function", header: "Function", isRowHeader: true, cell: ({ functionName }) => functionName },
  { id: "provider", header: "Provider", cell: ({ provider }) => <ProviderName provider={provider} /> },
  { id: "model", header: "Model", cell: ({ modelName }) => modelName },
  { id: "reason", header: "Why not", cell: ({ reason }) => reason },
];

export function Regions({ regions }: { regions: readonly string[] }) {
  if (regions.length === 0) return <Unknown because="Not known." />;
  return <span className="figures">{regions.join(", ")}</span>;
}
