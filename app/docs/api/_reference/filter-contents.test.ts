import { expect, test } from "vitest";
import { filterContents } from "./filter-contents.ts";

const entry = (id: string, title: string, method: string, place: string) => ({
  id,
  title,
  method,
  place,
  path: `/docs/api/group#${id}`,
});
const groups = [
  {
    title: "API keys",
    path: "/docs/api/api-keys",
    entries: [
      entry("listApiKeys", "List API keys", "GET", "/api-keys"),
      entry("revokeApiKey", "Revoke an API key", "DELETE", "/api-keys/{id}"),
    ],
  },
  { title: "Usage", path: "/docs/api/usage", entries: [entry("summarizeUsage", "Summarize usage", "GET", "/usage")] },
];
const find = (sought: string) => filterContents(groups, sought).flatMap(({ entries }) => entries.map(({ id }) => id));

test("words leave what holds all of them, by group, name, method, place or id", () => {
  expect(find("revoke key")).toEqual(["revokeApiKey"]);
  expect(find("GET /usage")).toEqual(["summarizeUsage"]);
  expect(find("listapikeys")).toEqual(["listApiKeys"]);
  expect(find("api keys")).toEqual(["listApiKeys", "revokeApiKey"]);
  expect(filterContents(groups, "nothing of the kind")).toEqual([]);
});

test("without a word everything stays", () => {
  expect(filterContents(groups, "  ")).toBe(groups);
});
