import { clsx } from "clsx";

/** Its name says what a method does to what is there; what only reads is quieter. */
export function MethodBadge({ method }: { method: string }) {
  return (
    <span
      className={clsx(
        "figures inline-flex h-5 shrink-0 items-center rounded-sm border px-1.5 text-xs font-semibold",
        method === "GET" ? "text-ink-muted" : "border-line-strong text-ink",
      )}
    >
      {method}
    </span>
  );
}
