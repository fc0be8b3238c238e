import { formatExactMoney, formatMoney } from "#lib/format/money.ts";
import { formatInteger } from "#lib/format/numbers.ts";
import type { InvocationDto } from "#lib/services/invocations/schemas.ts";
import { Unknown } from "./unknown.tsx";

type Figures = Pick<InvocationDto, "inputTokens" | "outputTokens" | "costNanoUsd">;

/** Tokens in and out: `1,204 → 88`. */
export function Tokens({ inputTokens, outputTokens }: Pick<Figures, "inputTokens" | "outputTokens">) {
  if (inputTokens === null && outputTokens === null) return <Unknown because="The provider did not say how many." />;
  return (
    <>
      {formatCount(inputTokens)}
      <span aria-hidden className="text-ink-subtle">
        {" → "}
      </span>
      <span className="sr-only"> in, </span>
      {formatCount(outputTokens)}
      <span className="sr-only"> out</span>
    </>
  );
}

function formatCount(tokens: number | null): string {
  return tokens === null ? "?" : formatInteger(tokens);
}

/** What a call cost; `isExact` writes every digit. */
export function Cost({ costNanoUsd, isExact = false }: Pick<Figures, "costNanoUsd"> & { isExact?: boolean }) {
  if (costNanoUsd === null) return <Unknown because="No price is known for this." />;
  return isExact ? formatExactMoney(costNanoUsd) : formatMoney(costNanoUsd);
}
