import { expect, test } from "vitest";
import { findProviderEntry, type ProviderEntry } from "./registry/index.ts";
import { createCleaner } from "./secret-words.ts";

const KEY = `sk-"canary\\key"-0123456789`;
const entry = findProviderEntry("openai") as ProviderEntry;
const clean = createCleaner({ entry, baseUrl: "https://x", fields: { apiKey: KEY, baseUrl: "https://x" } });

test.each([
  ["as it is", KEY],
  ["in JSON", JSON.stringify({ key: KEY })],
  ["in a URL", `https://x/?key=${encodeURIComponent(KEY)}`],
  ["in base64", Buffer.from(KEY).toString("base64")],
  ["in base64 for URLs", Buffer.from(KEY).toString("base64url")],
  ["in hex", Buffer.from(KEY).toString("hex")],
  ["in capitals", KEY.toUpperCase()],
  ["in small letters", `authorization: bearer ${KEY.toLowerCase()}`],
  ["in a URL, its escapes in small letters", encodeURIComponent(KEY).toLowerCase()],
  ["in hex in capitals", Buffer.from(KEY).toString("hex").toUpperCase()],
  ["cut off in another case", KEY.toUpperCase().slice(0, 18)],
  ["cut off at the end of a text", `The key is ${KEY.slice(0, 18)}`],
])("a key %s is taken out", (_, text) => {
  const cleaned = clean(`Before ${text} after`);
  expect(cleaned).toMatch(/^Before .*\[key\].* after$/);
  expect(cleaned.toLowerCase()).not.toContain("canary");
  expect(cleaned.toLowerCase()).not.toContain(Buffer.from(KEY).toString("hex").slice(0, 24));
  expect(cleaned).not.toContain(Buffer.from(KEY).toString("base64").slice(0, 14));
});

test("a text without the key stays as it is, and so does what is no secret", () => {
  const text = "The model gpt-6 at https://x is not there (sk-…).";
  expect(clean(text)).toBe(text);
});

test("a key that looks like what stands in its place ends all the same", () => {
  const odd = createCleaner({ entry, baseUrl: "https://x", fields: { apiKey: "[key][key][key]" } });
  expect(odd("a [key][key][ke b")).toBe("a [key] b");
});

test("a key is taken out each time, whole or in part, and a long text costs no more than reading it", () => {
  expect(clean(`${KEY} ${KEY.toUpperCase()} ${KEY.slice(0, 15)}, ${KEY.slice(0, 11)}`)).toBe(
    `[key] [key] [key], ${KEY.slice(0, 11)}`,
  );
  const long = createCleaner({ entry, baseUrl: "https://x", fields: { apiKey: "k".repeat(4_000) } });
  expect(long("k".repeat(1_000))).toBe("[key]");
});
