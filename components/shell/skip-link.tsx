/** The first thing that a keyboard reaches: past everything that stands round a page, to its `#content`. */
export function SkipLink() {
  return (
    <a
      href="#content"
      className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-ink px-3 py-2 text-canvas focus:translate-y-0"
    >
      Skip to the content
    </a>
  );
}
