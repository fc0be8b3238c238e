import type { ReactNode } from "react";

interface FoldedChainProps<Target> {
  targets: readonly Target[];
  /** Rows of some of them that begin with their number, the first with `from`. */
  children: (targets: readonly Target[], from: number) => ReactNode;
}

/** The first target, and its fallbacks folded away. */
export function FoldedChain<Target>({ targets, children }: FoldedChainProps<Target>) {
  const fallbacks = targets.slice(1);
  return (
    <div className="flex flex-col py-1">
      {children(targets.slice(0, 1), 1)}
      {fallbacks.length > 0 && (
        <details className="pl-6">
          <summary className="min-h-6 w-fit cursor-pointer text-xs leading-6 text-ink-muted hover:text-ink">
            {fallbacks.length === 1 ? "One fallback" : `${fallbacks.length} fallbacks`}
          </summary>
          <div className="-ml-6">{children(fallbacks, 2)}</div>
        </details>
      )}
    </div>
  );
}
