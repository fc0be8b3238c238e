import { Ban } from "lucide-react";
import { ProviderName } from "#components/charts/provider-name.tsx";
import { type Column, DataTable } from "#components/data-table/data-table.tsx";
import { Notice } from "#components/feedback/notice.tsx";
import { SimulatedBadge } from "#components/invocation/simulated-badge.tsx";
import { FoldedChain } from "#components/routing/folded-chain.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { formatExactMoney } from "#lib/format/money.ts";
import { platformKeyVariable } from "#lib/format/provider.ts";
import type { ModeDto } from "#lib/services/mode/schemas.ts";
import { type FunctionRow, type Target, TIER_TEXTS, type Tier, tierOf } from "./tiers.ts";

/** Every function with the targets that are tried for it, in order. */
export function ChainTable({ mode, tier }: { mode: ModeDto; tier: Tier }) {
  const isInUse = tier === mode.tier;
  const chainOf = (row: FunctionRow) => row.chains[tierOf(mode, row.slug, tier)];
  const columns: Column<FunctionRow>[] = [
    {
      id: "function",
      header: "Function",
      isRowHeader: true,
      cell: (row) => <FunctionName row={row} ownTier={mode.functionTiers[row.slug]} />,
    },
    {
      id: "chain",
      header: "Targets, tried in this order",
      onPhone: "whole",
      cell: (row) => <Chain targets={chainOf(row)} />,
    },
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
      <MissingAccounts targets={mode.functions.flatMap(chainOf)} />
      <DataTable
        caption={`Functions and their targets with ${TIER_TEXTS[tier].title}`}
        columns={columns}
        rows={mode.functions}
        rowKey={(row) => row.slug}
      />
    </section>
  );
}

function FunctionName({ row, ownTier }: { row: FunctionRow; ownTier: Tier | undefined }) {
  return (
    <span className="flex max-w-80 min-w-40 flex-col py-1">
      <span className="font-medium">{row.name}</span>
      <span className="figures text-xs text-ink-muted">{row.slug}</span>
      <span className="text-xs text-ink-subtle">{row.description}</span>
      {ownTier && (
        <span className="text-xs text-ink-muted">It has a tier of its own: {TIER_TEXTS[ownTier].title}.</span>
      )}
    </span>
  );
}

function Chain({ targets }: { targets: readonly Target[] }) {
  if (targets.length === 0) return <span className="text-ink-muted">No target: this function cannot be called.</span>;
  return <FoldedChain targets={targets}>{(some, from) => <TargetList targets={some} from={from} />}</FoldedChain>;
}

function TargetList({ targets, from }: { targets: readonly Target[]; from: number }) {
  return (
    <ol start={from} className="flex flex-col gap-1">
      {targets.map((target, index) => (
        <li key={`${target.provider}/${target.model}`} className="flex items-center gap-x-3 max-sm:flex-wrap">
          <span aria-hidden className="figures w-3 shrink-0 text-ink-subtle">
            {from + index}
          </span>
          <span className="shrink-0 sm:w-28">
            <ProviderName provider={target.provider} />
          </span>
          <span className="shrink-0 sm:w-52" title={target.model}>
            {target.modelName}
          </span>
          <Prices target={target} />
          {target.isSimulated && <SimulatedBadge />}
          {!target.isUsable && <Badge icon={<Ban aria-hidden className="size-3" />}>Not usable: no account</Badge>}
        </li>
      ))}
    </ol>
  );
}

function Prices({ target: { inputNanoUsdPerMillion: input, outputNanoUsdPerMillion: output } }: { target: Target }) {
  if (input === null || output === null)
    return <span className="shrink-0 text-xs text-ink-subtle sm:w-44">no known price</span>;
  return (
    <span className="figures shrink-0 text-xs sm:w-44 text-ink-muted">
      {formatExactMoney(input)} in, {formatExactMoney(output)} out
    </span>
  );
}

/** Why targets cannot be used, once for all of them. */
function MissingAccounts({ targets }: { targets: readonly Target[] }) {
  const unusable = targets.filter((target) => !target.isUsable);
  const missing = [...new Map(unusable.map((target) => [target.provider, target.providerName]))];
  if (missing.length === 0) return null;
  return (
    <Notice title={`The platform has no account at ${listNames(missing.map(([, name]) => name))}`}>
      <p className="max-w-4xl">
        Targets there are passed over. To use them, the operator sets{" "}
        {missing.map(([provider], index) => (
          <span key={provider}>
            {index > 0 && ", "}
            <code className="figures text-xs whitespace-nowrap text-ink">{platformKeyVariable(provider)}</code>
          </span>
        ))}{" "}
        and restarts the server.
      </p>
    </Notice>
  );
}

function listNames(names: readonly string[]): string {
  return new Intl.ListFormat("en", { type: "disjunction" }).format(names);
}
