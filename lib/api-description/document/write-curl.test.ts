import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { writeCurl } from "./write-curl.ts";

/** The words that a shell hands to curl. */
function wordsOf(line: string): string[] {
  const script = `curl() { for word; do printf '%s\\0' "$word"; done; }\n${line}`;
  const env = { ...process.env, SWITCHYARD_URL: "http://localhost:3000", SWITCHYARD_API_KEY: "sy_secret", ID: "a b" };
  return execFileSync("sh", ["-c", script], { env, encoding: "utf8" }).split("\0").slice(0, -1);
}

test("a shell reads a line as it was meant, whatever is in the body", () => {
  const body = { name: `it's "5$" \\ \`now\`\n$HOME`, list: [1, null] };
  const line = writeCurl({
    method: "PUT",
    path: "/things/$ID?a=1&b=2",
    headers: { authorization: "Bearer $SWITCHYARD_API_KEY" },
    body,
  });
  expect(wordsOf(line)).toEqual([
    "-X",
    "PUT",
    "http://localhost:3000/things/a b?a=1&b=2",
    "-H",
    "authorization: Bearer sy_secret",
    "-H",
    "content-type: application/json",
    "-d",
    JSON.stringify(body),
  ]);
});

test("what only reads needs no more than its address", () => {
  expect(wordsOf(writeCurl({ method: "GET", path: "/api/health" }))).toEqual(["http://localhost:3000/api/health"]);
});
