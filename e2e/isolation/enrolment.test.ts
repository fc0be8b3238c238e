import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { MANAGEMENT_ROUTES, OPEN_ROUTES } from "./support/management-routes.ts";

const API = path.resolve(import.meta.dirname, "../../app/api");
const routes = globSync("**/route.ts", { cwd: API })
  .map((file) => path.dirname(file))
  .sort();

test("every management route is enrolled for the walk of routes.db.test.ts, and every enrolled one is there", () => {
  const found = routes.filter((route) => route.startsWith("tenants/")).map((route) => route.slice("tenants/".length));
  expect(found).toEqual(Object.keys(MANAGEMENT_ROUTES).sort());
});

test.each(Object.entries(MANAGEMENT_ROUTES))("%s is enrolled with every method that it answers", (route, methods) => {
  const source = readFileSync(path.join(API, "tenants", route, "route.ts"), "utf8");
  const exported = [...source.matchAll(/^export (?:const|async function|function) ([A-Z]+)\b/gm)].map(
    ([, name]) => name,
  );
  // Another way to export would hide a method from this test.
  expect(source).not.toMatch(/^export (?:\{|\*)/m);
  expect(exported.sort()).toEqual(Object.keys(methods).sort());
});

test("no other route of the API is open without being known here", () => {
  expect(routes.filter((route) => !route.startsWith("tenants/"))).toEqual([...OPEN_ROUTES].sort());
});
