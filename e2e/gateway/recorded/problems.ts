import { isDeepStrictEqual } from "node:util";

/** What is not as it was recorded, as sentences. */
export class Problems {
  readonly list: string[] = [];

  compare(what: string, seen: unknown, expected: unknown): void {
    if (isDeepStrictEqual(seen, expected)) return;
    this.list.push(`${what}: ${shorten(seen)} instead of ${shorten(expected)}`);
  }

  contains(what: string, text: unknown, part: string): void {
    if (!String(text).includes(part)) this.list.push(`${what} says ${shorten(text)} and not ${shorten(part)}`);
  }
}

function shorten(value: unknown): string {
  return String(JSON.stringify(value)).slice(0, 300);
}
