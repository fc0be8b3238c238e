import { clsx } from "clsx";

interface AnchoredHeadingProps {
  anchor: string;
  isCode?: boolean;
  children: string;
}

/** A heading of a part of a page that one can link to: the sign behind it is the link. */
export function AnchoredHeading({ anchor, isCode = false, children }: AnchoredHeadingProps) {
  return (
    <div className="group flex items-center gap-1">
      <h2 className={clsx("min-w-0 text-lg font-semibold break-words", isCode ? "figures" : "tracking-tight")}>
        {children}
      </h2>
      <a
        href={`#${anchor}`}
        aria-label={`Link to ${children}`}
        className="inline-flex size-6 shrink-0 items-center justify-center rounded-sm text-ink-subtle opacity-0 group-hover:opacity-100 hover:text-ink focus-visible:opacity-100"
      >
        #
      </a>
    </div>
  );
}
