import { expect, test } from "vitest";
import { ROLES } from "#lib/services/permissions.ts";
import { ROUTES, routeOf, routePath, routesFor } from "./routes.ts";

test("every path leads back to its page", () => {
  for (const route of ROUTES) expect(routeOf("acme", routePath("acme", route))).toBe(route);
});

test("a path below a page belongs to it, an unknown one to none", () => {
  expect(routeOf("acme", "/acme/mode/anything")?.id).toBe("mode");
  expect(routeOf("acme", "/acme/nothing")).toBeUndefined();
});

test("a tenant named like a page is still a tenant", () => {
  expect(routeOf("mode", "/mode")?.id).toBe("overview");
});

test("every role finds a first page", () => {
  for (const role of ROLES) expect(routesFor(role).length).toBeGreaterThan(0);
});
