interface Request {
  method: string;
  /** With its query. `$NAME` in it is a shell variable. */
  path: string;
  headers?: Readonly<Record<string, string>>;
  body?: unknown;
}

export const BY_KEY = { authorization: "Bearer $SWITCHYARD_API_KEY" };

/** A line for a POSIX shell in which SWITCHYARD_URL and SWITCHYARD_API_KEY are set. */
export function writeCurl({ method, path, headers = {}, body }: Request): string {
  const parts = [
    `curl ${method === "GET" ? "" : `-X ${method} `}"$SWITCHYARD_URL${path}"`,
    ...Object.entries(headers).map(([name, value]) => `-H "${name}: ${value}"`),
    ...(body === undefined ? [] : ['-H "content-type: application/json"', `-d ${quote(JSON.stringify(body))}`]),
  ];
  return parts.join(" \\\n  ");
}

/** As one word of a shell, whatever is in it. */
function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
