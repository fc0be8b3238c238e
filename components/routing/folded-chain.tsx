import type { ReactNode } from "react";

/** What is tried after the first target, folded away: `children` are rows that begin with their number, as the first. */
export function Fallbacks({ count, children }: { count: number; children: ReactNode }) {
  if (count === 0) return null;
  return (
    <details className="pl-6">
      <summary className="min-h-6 w-fit cursor-pointer text-xs leading-6 text-ink-muted hover:text-ink">
        {count === 1 ? "One fallback" : `${count} fallbacks`}
      </summary>
      <div className="-ml-6">{children}</div>
    </details>
  );
}
