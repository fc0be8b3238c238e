import { clsx } from "clsx";

/** Two rails that part at a switch. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 24 24"
      fill="none"
      className={clsx("shrink-0", className)}
      strokeWidth={2.5}
      strokeLinecap="round"
    >
      <path d="M2 17.5h20" stroke="var(--ink)" />
      <path d="M4 17.5c6.5 0 5.5-11 12-11h6" stroke="var(--accent-line)" />
    </svg>
  );
}

/** The mark with the name. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2 text-lg font-semibold tracking-tight">
      <Mark className="size-6" />
      Switchyard
    </span>
  );
}
