import { clsx } from "clsx";
import { ArrowDown, ArrowUp, Minus } from "lucide-react";
import type { ReactNode } from "react";
import type { Change } from "#lib/format/change.ts";

const ARROWS = { up: ArrowUp, down: ArrowDown, same: Minus } as const;
const WORDS = { up: "up", down: "down", same: "no change" } as const;

interface StatTileProps {
  label: string;
  value: ReactNode;
  /** Null: there is nothing to compare with. */
  change: Change | null;
  /** Whether growing is bad news: an error rate, a latency. Others are neither good nor bad. */
  isLowerBetter?: boolean;
  /** `the 24 hours before`. */
  comparedWith: string;
  note?: ReactNode;
}

/** One figure of the period with its change against the period before. */
export function StatTile({ label, value, change, isLowerBetter = false, comparedWith, note }: StatTileProps) {
  return (
    <div className="panel flex min-w-0 flex-col gap-1 p-4 max-md:last:col-span-2">
      <dt className="text-sm text-ink-muted">{label}</dt>
      <dd className="figures text-xl font-medium tracking-tight break-words">{value}</dd>
      <dd className="text-xs text-ink-subtle">
        {change ? <ChangeText {...{ change, isLowerBetter, comparedWith }} /> : `no calls in ${comparedWith}`}
      </dd>
      {note && <dd className="text-xs text-ink-subtle">{note}</dd>}
    </div>
  );
}

function ChangeText({
  change,
  isLowerBetter,
  comparedWith,
}: Required<Pick<StatTileProps, "isLowerBetter" | "comparedWith">> & { change: Change }) {
  const Arrow = ARROWS[change.direction];
  const isNews = isLowerBetter && change.direction !== "same";
  return (
    <span>
      <span
        className={clsx(
          "inline-flex items-center gap-1",
          isNews && (change.direction === "up" ? "text-bad" : "text-good"),
        )}
      >
        <Arrow aria-hidden className="size-3" />
        <span className="sr-only">{WORDS[change.direction]} </span>
        <span className="figures">{change.amount}</span>
        {isNews && <span>{change.direction === "up" ? "worse" : "better"}</span>}
      </span>{" "}
      than in {comparedWith}
    </span>
  );
}
