import { expect, test } from "vitest";
import { safeReturnPath } from "./return-path.ts";

test.each([
  ["/demo", "/demo"],
  ["/demo/mode?tier=economy#top", "/demo/mode?tier=economy#top"],
  ["/", "/"],
])("a path of this site is kept: %s", (given, expected) => {
  expect(safeReturnPath(given)).toBe(expected);
});

test.each([
  "https://evil.example/demo",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/.//evil.example",
  "javascript:alert(1)",
  "demo",
  "/sign-in?callbackUrl=/x",
  "",
  undefined,
  ["/a", "/b"],
])("everything else leads to the start: %j", (given) => {
  expect(safeReturnPath(given)).toBe("/");
});
