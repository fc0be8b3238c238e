import type { ReactNode } from "react";

/** A key of the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="figures inline-flex h-5 min-w-5 items-center justify-center rounded-xs border border-line bg-sunken px-1 text-2xs text-ink-muted">
      {children}
    </kbd>
  );
}
