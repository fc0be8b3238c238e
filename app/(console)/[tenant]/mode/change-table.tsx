import { ProviderName } from "#components/charts/provider-name.tsx";
import { type Column, DataTable } from "#components/data-table/data-table.tsx";
import { Unknown } from "#components/invocation/unknown.tsx";
import { formatExactMoney } from "#lib/format/money.ts";
import type { ModeDto } from "#lib/services/mode/schemas.ts";
import { type FunctionRow, firstPick, isSameTarget, type Target, TIER_TEXTS, type Tier, tierOf } from "./tiers.ts";

/** Every function's first pick and its prices, now and with another tier. */
export function ChangeTable({ mode, tier }: { mode: ModeDto; tier: Tier }) {
  const changed = mode.functions.filter(
    (row) => !isSameTarget(pickOf(mode, row, mode.tier), pickOf(mode, row, tier)),
  ).length;
  const columns: Column<FunctionRow>[] = [
    { id: "function", header: "Function", isRowHeader: true, cell: (row) => row.name },
    {
      id: "now",
      header: `Now: ${TIER_TEXTS[mode.tier].title}`,
      cell: (row) => <Pick target={pickOf(mode, row, mode.tier)} />,
    },
    {
      id: "then",
      header: `Then: ${TIER_TEXTS[tier].title}`,
      cell: (row) => <NextPick current={pickOf(mode, row, mode.tier)} next={pickOf(mode, row, tier)} />,
    },
    {
      id: "input",
      header: "Input, $ per million tokens",
      align: "end",
      cell: (row) => <PriceChange {...pricesOf(mode, row, tier, "inputNanoUsdPerMillion")} />,
    },
    {
      id: "output",
      header: "Output, $ per million tokens",
      align: "end",
      cell: (row) => <PriceChange {...pricesOf(mode, row, tier, "outputNanoUsdPerMillion")} />,
    },
  ];
  return (
    <>
      <p className="text-ink-muted">
        {changed === 0
          ? "No function’s first pick changes."
          : `The first pick changes for ${changed} of ${mode.functions.length} functions.`}
      </p>
      <DataTable
        caption={`What changes from ${TIER_TEXTS[mode.tier].title} to ${TIER_TEXTS[tier].title}`}
        columns={columns}
        rows={mode.functions}
        rowKey={(row) => row.slug}
      />
    </>
  );
}

/** A function with a tier of its own keeps what that picks. */
function pickOf(mode: ModeDto, row: FunctionRow, tier: Tier): Target | null {
  return firstPick(row, tierOf(mode, row.slug, tier));
}

function Pick({ target }: { target: Target | null }) {
  if (!target) return <span className="font-medium text-bad">No usable target</span>;
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <ProviderName provider={target.provider} />
      <span className="whitespace-nowrap">{target.modelName}</span>
    </span>
  );
}

function NextPick({ current, next }: { current: Target | null; next: Target | null }) {
  if (next && isSameTarget(current, next)) return <span className="text-ink-subtle">the same</span>;
  return <Pick target={next} />;
}

type PriceField = "inputNanoUsdPerMillion" | "outputNanoUsdPerMillion";

function pricesOf(mode: ModeDto, row: FunctionRow, tier: Tier, field: PriceField) {
  const [before, after] = [pickOf(mode, row, mode.tier), pickOf(mode, row, tier)];
  return { before: before?.[field] ?? null, after: after?.[field] ?? null };
}

/** Both prices, and in a word which way it goes. */
function PriceChange({ before, after }: { before: string | null; after: string | null }) {
  if (before !== null && before === after) return formatExactMoney(before);
  return (
    <>
      <Price nanoUsd={before} />
      <span aria-hidden className="text-ink-subtle">
        {" → "}
      </span>
      <span className="sr-only"> then </span>
      <Price nanoUsd={after} />
      {before !== null && after !== null && (
        <span className="ml-2 font-sans text-xs text-ink-subtle">
          {BigInt(after) < BigInt(before) ? "cheaper" : "dearer"}
        </span>
      )}
    </>
  );
}

function Price({ nanoUsd }: { nanoUsd: string | null }) {
  return nanoUsd === null ? <Unknown because="No price is known." /> : formatExactMoney(nanoUsd);
}
