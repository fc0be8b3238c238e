import { expect, test } from "vitest";
import { rankEntry } from "./rank-entry.ts";
import { ROUTES } from "./routes.ts";

const reference = { label: "API reference", description: "Every call and operation, with a line to run" };
const entries = [
  ...ROUTES.map(({ title, description }) => ({ label: title, description })),
  { label: "Dark theme" },
  reference,
  { label: "Sign out" },
];
/** The labels that are found, the best first. */
const find = (search: string) =>
  entries
    .map((entry) => ({ label: entry.label, rank: rankEntry(entry, search) }))
    .filter(({ rank }) => rank > 0)
    .sort((one, other) => other.rank - one.rank)
    .map(({ label }) => label);

test("a word of a label is found by its beginning, and nothing by letters that are strewn over a description", () => {
  expect(find("refer")).toEqual(["API reference"]);
  expect(find("api ref")).toEqual(["API reference"]);
});

test("a label stands before a description that says the same", () => {
  expect(find("mode")[0]).toBe("Mode");
  expect(find("mode")).toContain("Routing");
  expect(find("connect")[0]).toBe("Connections");
});

test("what only a description says is found", () => {
  expect(find("statement")).toEqual(["Residency"]);
});

test("a label is found by some of its letters in order, behind all others", () => {
  expect(find("cnct")).toEqual(["Connections"]);
  expect(rankEntry({ label: "Routing" }, "rtg")).toBeLessThan(rankEntry({ label: "-", description: "rtg" }, "rtg"));
});

test("of several words each has to match, and what nobody is called is not found", () => {
  expect(find("sign nowhere")).toEqual([]);
  expect(find("xyz")).toEqual([]);
});
