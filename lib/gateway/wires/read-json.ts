import { z } from "zod";
import { GatewayError } from "../errors.ts";

/** Far more than any request needs, and far less than what overflows the stack of whoever writes it again. */
const MAX_DEPTH = 500;
/** As many messages as Anthropic takes (100,000), each with a part of its own: more would hold up everyone's calls. */
const MAX_OBJECTS = 200_000;

const decoder = new TextDecoder("utf-8", { fatal: true });

/** A body's text and what it says. Throws `invalid_request` for what is not JSON in UTF-8, too deep or in too many parts. */
export function readJson(bytes: Uint8Array): { source: string; value: unknown } {
  if (bytes.length === 0) throw new GatewayError("invalid_request", "The body is empty: send a JSON object.");
  try {
    const source = decoder.decode(bytes);
    // Before it is parsed: millions of levels take a parser seconds, and millions of objects whoever checks them.
    if (source.length > MAX_DEPTH) assertModest(source);
    return { source, value: JSON.parse(source) };
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    const reason = error instanceof SyntaxError ? error.message : "it is not UTF-8";
    throw new GatewayError("invalid_request", `The body is not valid JSON: ${reason}.`);
  }
}

/** A body that does not fit its schema, as the error that names the first field at fault. */
export function refuseBody(error: z.ZodError): GatewayError {
  const issue = error.issues[0];
  const param = issue === undefined || issue.path.length === 0 ? null : z.core.toDotPath(issue.path);
  const subject = param === null ? "The body" : `\`${param}\``;
  return new GatewayError("invalid_request", `${subject} ${issue?.message ?? "is not valid"}.`, { param });
}

const QUOTE = 34;
const BACKSLASH = 92;
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];

/** Counts brackets outside of strings, without recursion. */
function assertModest(source: string): void {
  let depth = 0;
  let objects = 0;
  for (let at = 0; at < source.length; at += 1) {
    const code = source.charCodeAt(at);
    if (code === QUOTE) at = endOfString(source, at);
    else if (code === OPEN_OBJECT || code === OPEN_LIST) {
      depth += 1;
      if (code === OPEN_OBJECT) objects += 1;
      if (depth > MAX_DEPTH) refuse(`is nested deeper than ${MAX_DEPTH} levels`);
      if (objects > MAX_OBJECTS) refuse(`holds more than ${MAX_OBJECTS.toLocaleString("en")} objects`);
    } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) depth -= 1;
  }
}

function refuse(why: string): never {
  throw new GatewayError("invalid_request", `The body ${why}.`);
}

function endOfString(source: string, start: number): number {
  let at = start + 1;
  while (at < source.length && source.charCodeAt(at) !== QUOTE) at += source.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}
