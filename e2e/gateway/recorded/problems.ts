import { isDeepStrictEqual } from "node:util";

/** What is not as it was recorded, as sentences. */
export class Problems {
  readonly list: string[] = [];

  compare(what: string, seen: unknown, expected: unknown): void {
    if (isDeepStrictEqual(seen, expected)) return;
    const areLists = Array.isArray(seen) && Array.isArray(expected);
    const difference = areLists ? firstOf(seen, expected) : `: ${shorten(seen)} instead of ${shorten(expected)}`;
    this.list.push(what + difference);
  }

  contains(what: string, text: unknown, part: string): void {
    if (!String(text).includes(part)) this.list.push(`${what} says ${shorten(text)} and not ${shorten(part)}`);
  }
}

/** The first item that differs says more than the beginning of a long list. */
function firstOf(seen: readonly unknown[], expected: readonly unknown[]): string {
  const longer = seen.length > expected.length ? seen : expected;
  const at = longer.findIndex((_, index) => !isDeepStrictEqual(seen[index], expected[index]));
  const counts = `${seen.length} instead of ${expected.length}`;
  return ` (${counts}), at ${at}: ${shorten(seen[at])} instead of ${shorten(expected[at])}`;
}

function shorten(value: unknown): string {
  return String(JSON.stringify(value)).slice(0, 300);
}
