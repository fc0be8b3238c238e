/** A figure that nobody knows: not zero. */
export function Unknown({ because }: { because: string }) {
  return (
    <span title={because} className="text-ink-subtle">
      <span aria-hidden>—</span>
      <span className="sr-only">{because}</span>
    </span>
  );
}
