interface Request {
  method: string;
  /** With its query. `$NAME` in it is a shell variable. */
  path: string;
  headers?: Readonly<Record<string, string>>;
  /** A text in it that is nothing but `$NAME` is a shell variable too. */
  body?: unknown;
}

export const BY_KEY = { authorization: "Bearer $SWITCHYARD_API_KEY" };

/** A command for a POSIX shell in which SWITCHYARD_URL and SWITCHYARD_API_KEY are set. */
export function writeCurl({ method, path, headers = {}, body }: Request): string {
  const parts = [
    `curl ${method === "GET" ? "" : `-X ${method} `}"$SWITCHYARD_URL${path}"`,
    ...Object.entries(headers).map(([name, value]) => `-H "${name}: ${value}"`),
    ...(body === undefined ? [] : ['-H "content-type: application/json"', `-d ${quoteBody(body)}`]),
  ];
  return parts.join(" \\\n  ");
}

/** A whole text of the JSON, neither a part of one nor a field's name. */
const VARIABLE = /(?<!\\)"(\$[A-Z][A-Z_]*)"(?!:)/g;

/**
 * A field a line, under the option that it belongs to. The word pauses its single quotes at each variable, so that the
 * shell puts the value in.
 */
function quoteBody(body: unknown): string {
  // A line break inside a text of the JSON is written as an escape: these are all between its parts.
  const lines = JSON.stringify(body, null, 2).replaceAll("\n", "\n  ");
  return quote(lines).replace(VARIABLE, (_, variable: string) => `"'"${variable}"'"`);
}

/** As one word of a shell, whatever is in it. */
function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
