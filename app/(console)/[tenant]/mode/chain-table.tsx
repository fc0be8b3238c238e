import { Ban } from "lucide-react";
import { ProviderName } from "#components/charts/provider-name.tsx";
import { type Column, DataTable } from "#components/data-table/data-table.tsx";
import { SimulatedBadge } from "#components/invocation/simulated-badge.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { formatExactMoney } from "#lib/format/money.ts";
import { platformKeyVariable } from "#lib/format/provider.ts";
import type { ModeDto } from "#lib/services/mode/schemas.ts";
import { type FunctionRow, type Target, TIER_TEXTS, type Tier } from "./tiers.ts";

/** Every function with the targets that are tried for it, in order. */
export function ChainTable({ mode, tier }: { mode: ModeDto; tier: Tier }) {
  const isInUse = tier === mode.tier;
  const columns: Column<FunctionRow>[] = [
    { id: "function", header: "Function", isRowHeader: true, cell: (row) => <FunctionName row={row} /> },
    { id: "chain", header: "Targets, tried in this order", cell: (row) => <Chain targets={row.chains[tier]} /> },
  ];
  return (
    <section aria-labelledby="chains-heading" className="flex flex-col gap-3">
      <div className="flex flex-col gap-0.5">
        <h2 id="chains-heading" className="font-semibold">
          Functions with {TIER_TEXTS[tier].title}
          {isInUse ? ", in use now" : ", a preview"}
        </h2>
        <p className="max-w-prose text-ink-muted">
          A call goes to the first target that can be used. The ones after it are fallbacks for when it fails. Prices
          are per million tokens, in and out.
        </p>
      </div>
      <DataTable
        caption={`Functions and their targets with ${TIER_TEXTS[tier].title}`}
        columns={columns}
        rows={mode.functions}
        rowKey={(row) => row.slug}
      />
    </section>
  );
}

function FunctionName({ row }: { row: FunctionRow }) {
  return (
    <span className="flex max-w-80 min-w-44 flex-col py-1">
      <span className="font-medium">{row.name}</span>
      <span className="figures text-xs text-ink-muted">{row.slug}</span>
      <span className="text-xs text-ink-subtle">{row.description}</span>
    </span>
  );
}

function Chain({ targets }: { targets: readonly Target[] }) {
  if (targets.length === 0) return <span className="text-ink-muted">No target: this function cannot be called.</span>;
  return (
    <ol className="flex flex-col gap-1 py-1">
      {targets.map((target, index) => (
        <li key={`${target.provider}/${target.model}`} className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
          <span aria-hidden className="figures w-3 text-ink-subtle">
            {index + 1}
          </span>
          <ProviderName provider={target.provider} />
          <span className="whitespace-nowrap" title={target.model}>
            {target.modelName}
          </span>
          <Prices target={target} />
          {target.isSimulated && <SimulatedBadge />}
          {!target.isUsable && <NotUsable target={target} />}
        </li>
      ))}
    </ol>
  );
}

function Prices({ target: { inputNanoUsdPerMillion: input, outputNanoUsdPerMillion: output } }: { target: Target }) {
  if (input === null || output === null) return <span className="text-xs text-ink-subtle">no known price</span>;
  return (
    <span className="figures text-xs whitespace-nowrap text-ink-muted">
      {formatExactMoney(input)} in, {formatExactMoney(output)} out
    </span>
  );
}

function NotUsable({ target }: { target: Target }) {
  return (
    <span className="flex flex-wrap items-center gap-2">
      <Badge icon={<Ban aria-hidden className="size-3" />}>Not usable</Badge>
      <span className="text-xs text-ink-subtle">
        no account at {target.providerName}: the operator sets{" "}
        <code className="figures break-all">{platformKeyVariable(target.provider)}</code> and restarts
      </span>
    </span>
  );
}
