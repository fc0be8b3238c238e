import type { ReactNode } from "react";

interface SectionProps {
  title: string;
  hint?: string;
  action?: ReactNode;
  children: ReactNode;
}

/** A part of what is shown of a connection. */
export function Section({ title, hint, action, children }: SectionProps) {
  return (
    <section className="flex flex-col gap-2">
      <div className="flex min-h-7 items-center justify-between gap-2">
        <h3 className="text-sm font-semibold">{title}</h3>
        {action}
      </div>
      {hint && <p className="text-xs text-ink-subtle">{hint}</p>}
      {children}
    </section>
  );
}
