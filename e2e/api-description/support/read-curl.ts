import { execFileSync } from "node:child_process";

export interface CurlRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | null;
}

/** The words that a shell with these variables hands to curl. */
export function wordsOf(line: string, variables: Readonly<Record<string, string>>): string[] {
  const script = `set -u; curl() { for word; do printf '%s\\0' "$word"; done; }\n${line}`;
  const env = { ...process.env, ...variables };
  return execFileSync("sh", ["-c", script], { env, encoding: "utf8" }).split("\0").slice(0, -1);
}

/** The request that a line makes. Fails for an option that our lines do not use. */
export function readCurl(line: string, variables: Readonly<Record<string, string>>): CurlRequest {
  const request: CurlRequest = { method: "", url: "", headers: {}, body: null };
  const words = wordsOf(line, variables);
  const next = () => words.shift() ?? "";
  while (words.length > 0) {
    const word = next();
    if (word === "-X") request.method = next();
    else if (word === "-d") request.body = next();
    else if (word === "-H") {
      const [name = "", ...value] = next().split(": ");
      request.headers[name] = value.join(": ");
    } else if (word.startsWith("http")) request.url = word;
    else throw new Error(`${word} is not known here.`);
  }
  // As curl itself does it.
  request.method ||= request.body === null ? "GET" : "POST";
  return request;
}
