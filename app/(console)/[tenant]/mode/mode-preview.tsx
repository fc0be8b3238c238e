import type { ReactNode } from "react";
import { ProviderName } from "#components/charts/provider-name.tsx";
import { type Column, DataTable } from "#components/data-table/data-table.tsx";
import { SimulatedBadge } from "#components/invocation/simulated-badge.tsx";
import { Unknown } from "#components/invocation/unknown.tsx";
import { Badge, type BadgeTone } from "#components/ui/badge.tsx";
import type { ModePreviewDto } from "#lib/services/mode/schemas.ts";

type FunctionChange = ModePreviewDto["functions"][number];
type Destination = ModePreviewDto["network"]["destinations"][number];

/** Who loses a route, whose account pays, what leaves the network. */
export function ModePreview({ preview }: { preview: ModePreviewDto }) {
  const { functions, payment, network } = preview;
  const losing = functions.filter(({ change }) => change === "loses" || change === "none");
  return (
    <>
      <dl className="grid gap-3 md:grid-cols-3">
        <Consequence title="Routes">{routesSentence(functions.length, losing)}</Consequence>
        <Consequence title="Whose account pays">
          {payment.after} <span className="block text-ink-subtle">Now: {payment.before}</span>
        </Consequence>
        <Consequence title="What leaves the network">{network.sentence}</Consequence>
      </dl>
      <DataTable
        caption="What changes for each function"
        columns={FUNCTION_COLUMNS}
        rows={functions}
        rowKey={({ slug }) => slug}
      />
      {network.destinations.length > 0 && (
        <div className="flex flex-col gap-2">
          <h3 className="text-sm font-medium">Where requests could go then</h3>
          <DataTable
            caption="Destinations"
            columns={DESTINATION_COLUMNS}
            rows={network.destinations}
            rowKey={({ connectionName, host }) => `${connectionName} ${host}`}
          />
        </div>
      )}
    </>
  );
}

function Consequence({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="panel flex flex-col gap-1 p-4">
      <dt className="text-sm font-medium">{title}</dt>
      <dd className="text-sm text-ink-muted">{children}</dd>
    </div>
  );
}

const CHANGES: Readonly<Record<FunctionChange["change"], { word: string; tone: BadgeTone }>> = {
  same: { word: "Same", tone: "neutral" },
  other: { word: "Other target", tone: "neutral" },
  loses: { word: "Loses its route", tone: "bad" },
  gains: { word: "Gains a route", tone: "good" },
  none: { word: "Still no route", tone: "bad" },
};

const FUNCTION_COLUMNS: Column<FunctionChange>[] = [
  { id: "function", header: "Function", isRowHeader: true, cell: ({ name }) => name },
  {
    id: "change",
    header: "Change",
    cell: ({ change }) => <Badge tone={CHANGES[change].tone}>{CHANGES[change].word}</Badge>,
  },
  { id: "before", header: "Now", cell: ({ before }) => <Summary route={before} /> },
  { id: "after", header: "Then", cell: ({ after }) => <Summary route={after} /> },
];

function Summary({ route }: { route: FunctionChange["before"] }) {
  if (route === null) return <span className="font-medium text-bad">No route</span>;
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
      <ProviderName provider={route.provider} />
      <span className="whitespace-nowrap">{route.modelName}</span>
      {route.owner === "tenant" && <Badge>{route.connectionName}</Badge>}
      {route.isSimulated && <SimulatedBadge />}
      {route.fallbacks > 0 && (
        <span className="text-xs whitespace-nowrap text-ink-subtle">
          and {route.fallbacks} {route.fallbacks === 1 ? "fallback" : "fallbacks"}
        </span>
      )}
    </span>
  );
}

const DESTINATION_COLUMNS: Column<Destination>[] = [
  {
    id: "host",
    header: "Host",
    isRowHeader: true,
    cell: ({ host }) => <span className="figures">{host}</span>,
  },
  { id: "provider", header: "Provider", cell: ({ provider }) => <ProviderName provider={provider} /> },
  {
    id: "owner",
    header: "Account",
    cell: ({ owner, connectionName }) => (owner === "tenant" ? `Yours: ${connectionName}` : "The platform’s"),
  },
  {
    id: "regions",
    header: "Regions",
    cell: ({ regions }) =>
      regions.length === 0 ? <Unknown because="Not known." /> : <span className="figures">{regions.join(", ")}</span>,
  },
];

function routesSentence(all: number, losing: readonly FunctionChange[]): string {
  if (losing.length === 0) return `Every one of the ${all} functions has a route.`;
  if (losing.length === all) return `None of the ${all} functions would have a route.`;
  return `${losing.length} of ${all} functions would have no route: ${listNames(losing)}.`;
}

function listNames(functions: readonly FunctionChange[]): string {
  return new Intl.ListFormat("en").format(functions.map(({ name }) => name));
}
