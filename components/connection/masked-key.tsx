/** The end of a key, to tell it from others: the rest of it cannot be shown by anybody. */
export function MaskedKey({ lastFour }: { lastFour: string | null }) {
  if (lastFour === null) return <span className="text-ink-subtle">no key</span>;
  return (
    <span className="figures whitespace-nowrap">
      <span aria-hidden>••••</span>
      <span className="sr-only">ends in </span>
      {lastFour}
    </span>
  );
}
