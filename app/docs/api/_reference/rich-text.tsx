import { Fragment } from "react";

/** A description's paragraphs, with what stands in backticks as code: as much of Markdown as descriptions use. */
export function RichText({ text }: { text: string }) {
  return text.split("\n\n").map((paragraph) => (
    <p key={paragraph} className="max-w-prose text-ink-muted">
      <InlineText text={paragraph} />
    </p>
  ));
}

/** A sentence with code in it. */
export function InlineText({ text }: { text: string }) {
  return text.split("`").map((part, at) =>
    at % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change
      <code key={at} className="figures rounded-xs bg-sunken px-0.5 text-sm break-words text-ink">
        {part}
      </code>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above
      <Fragment key={at}>{part}</Fragment>
    ),
  );
}
