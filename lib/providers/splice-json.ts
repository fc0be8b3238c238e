import type { WireBody } from "#lib/gateway/contract/wire.ts";

/**
 * A JSON object's text with some top-level fields replaced, added, or (undefined) taken out. Everything else stays the
 * caller's own bytes: numbers keep their digits, strings their escapes. `source` must be valid JSON and an object.
 */
export function spliceJson(source: string, edits: WireBody): string {
  const members = readMembers(source);
  const kept = members.filter(({ name }) => !Object.hasOwn(edits, name)).map(({ text }) => text);
  const added = Object.entries(edits)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  return `{${[...added, ...kept].join(",")}}`;
}

interface Member {
  name: string;
  /** Name and value as they stand in the source. */
  text: string;
}

const QUOTE = 34;
const BACKSLASH = 92;
const OPENING = new Set([123, 91]);
const CLOSING = new Set([125, 93]);
const COMMA = 44;

/** The members of the outermost object. Counts brackets outside of strings: a parser has already said that they match. */
function readMembers(source: string): Member[] {
  const members: Member[] = [];
  let depth = 0;
  let start = source.indexOf("{") + 1;
  for (let at = start; at < source.length; at += 1) {
    const code = source.charCodeAt(at);
    if (code === QUOTE) at = endOfString(source, at);
    else if (OPENING.has(code)) depth += 1;
    else if (CLOSING.has(code)) {
      depth -= 1;
      if (depth < 0) {
        push(members, source.slice(start, at));
        return members;
      }
    } else if (code === COMMA && depth === 0) {
      push(members, source.slice(start, at));
      start = at + 1;
    }
  }
  throw new Error("The text is not a JSON object.");
}

function push(members: Member[], slice: string): void {
  const text = slice.trim();
  if (text === "") return;
  const written = text.slice(1, endOfString(text, 0));
  members.push({ name: written.includes("\\") ? (JSON.parse(`"${written}"`) as string) : written, text });
}

/** Where the string that begins at `at` ends. */
function endOfString(source: string, at: number): number {
  let end = source.indexOf('"', at + 1);
  while (end > 0 && isEscaped(source, end)) end = source.indexOf('"', end + 1);
  if (end < 0) throw new Error("The text is not a JSON object.");
  return end;
}

function isEscaped(source: string, at: number): boolean {
  let backslashes = 0;
  while (source.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes += 1;
  return backslashes % 2 === 1;
}
