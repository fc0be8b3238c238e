import { clsx } from "clsx";
import type { ReactNode } from "react";

/** A place that will be filled: give it the size of what comes. */
export function Skeleton({ className }: { className: string }) {
  return <span aria-hidden className={clsx("block animate-pulse rounded-sm bg-hover", className)} />;
}

/** Says once, for those who cannot see the shapes, that something is on its way. */
export function LoadingRegion({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div role="status" aria-busy>
      <span className="sr-only">{label}</span>
      {children}
    </div>
  );
}
