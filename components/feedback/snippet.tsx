import { CopyButton } from "#components/ui/copy-button.tsx";

/** Lines to run in a terminal, with a button that copies them. */
export function Snippet({ label, code }: { label: string; code: string }) {
  return (
    <figure className="overflow-hidden rounded-md border bg-sunken">
      <figcaption className="flex items-center justify-between border-b py-1 pr-1 pl-3 text-xs text-ink-muted">
        {label}
        <CopyButton text={code} label={`Copy ${label}`} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0} className="figures overflow-x-auto p-3 text-sm leading-5">
        <code>{code}</code>
      </pre>
    </figure>
  );
}
