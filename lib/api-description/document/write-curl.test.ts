import { expect, test } from "vitest";
import { wordsOf } from "#e2e/api-description/support/read-curl.ts";
import { writeCurl } from "./write-curl.ts";

const VARIABLES = { SWITCHYARD_URL: "http://localhost:3000", SWITCHYARD_API_KEY: "sy_secret", ID: "a b" };

test("a shell reads a line as it was meant, whatever is in the body", () => {
  const body = { name: `it's "5$" \\ \`now\`\n$HOME`, list: [1, null] };
  const line = writeCurl({
    method: "PUT",
    path: "/things/$ID?a=1&b=2",
    headers: { authorization: "Bearer $SWITCHYARD_API_KEY" },
    body,
  });
  const words = wordsOf(line, VARIABLES);
  expect(JSON.parse(words.pop() ?? "")).toEqual(body);
  expect(words).toEqual([
    "-X",
    "PUT",
    "http://localhost:3000/things/a b?a=1&b=2",
    "-H",
    "authorization: Bearer sy_secret",
    "-H",
    "content-type: application/json",
    "-d",
  ]);
});

test("a body is written a field a line, under its option", () => {
  expect(writeCurl({ method: "POST", path: "/things", body: { name: "a", ids: ["$ID"], none: {} } })).toBe(
    [
      'curl -X POST "$SWITCHYARD_URL/things" \\',
      '  -H "content-type: application/json" \\',
      "  -d '{",
      '    "name": "a",',
      '    "ids": [',
      `      "'"$ID"'"`,
      "    ],",
      '    "none": {}',
      "  }'",
    ].join("\n"),
  );
});

test("a variable in a body is filled in where it is the whole text, and nowhere else", () => {
  const body = { id: "$ID", note: 'the "$ID"', ids: ["$ID", " $ID"], $ID: "$id" };
  const words = wordsOf(writeCurl({ method: "POST", path: "/things", body }), VARIABLES);
  expect(JSON.parse(words.at(-1) ?? "")).toEqual({ ...body, id: "a b", ids: ["a b", " $ID"] });
});

test("what only reads needs no more than its address", () => {
  expect(wordsOf(writeCurl({ method: "GET", path: "/api/health" }), VARIABLES)).toEqual([
    "http://localhost:3000/api/health",
  ]);
});
