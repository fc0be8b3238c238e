import type { ReactNode } from "react";

interface EmptyStateProps {
  title: string;
  /** What to do about it, in a sentence. */
  children: ReactNode;
  /** A snippet to run or a button. */
  action?: ReactNode;
}

/** Nothing here yet: not an error, and it says what would bring something. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <section className="panel flex flex-col gap-4 p-6">
      <div className="flex flex-col gap-1">
        <h2 className="text-lg font-semibold">{title}</h2>
        <p className="max-w-prose text-ink-muted">{children}</p>
      </div>
      {action}
    </section>
  );
}
