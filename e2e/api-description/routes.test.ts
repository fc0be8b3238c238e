import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test, vi } from "vitest";
import { CALLS } from "#lib/api-description/calls/calls.ts";
import { ANSWER_HEADERS, REQUEST_HEADERS } from "#lib/api-description/calls/headers.ts";
import { INSTANCE_OPERATIONS } from "#lib/api-description/instance.ts";
import { RESOURCES } from "#lib/api-description/management/index.ts";

// Only Next's own bundle can load it.
vi.mock("next-auth", () => ({ default: () => undefined, getServerSession: async () => null }));
vi.mock("next-auth/providers/credentials", () => ({ default: (options: object) => options }));

const ROOT = path.resolve(import.meta.dirname, "../..");
const API = path.join(ROOT, "app/api");
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** Sign-in is next-auth's own, and the other answers what is not there. */
const NOT_DESCRIBED = ["[...path]", "auth/[...nextauth]"];

/** `tenants/[tenant]/api-keys`, `GET` and what answers it. */
interface Found {
  place: string;
  handler: unknown;
}

async function findRoutes(): Promise<Found[]> {
  const folders = globSync("**/route.ts", { cwd: API }).map((file) => path.dirname(file));
  const found: Found[] = [];
  for (const folder of folders.filter((name) => !NOT_DESCRIBED.includes(name))) {
    const module = (await import(path.join(API, folder, "route.ts"))) as Record<string, unknown>;
    const place = `/${folder}`.replaceAll("[", "{").replaceAll("]", "}");
    for (const method of METHODS) {
      if (method in module) found.push({ place: `${method} ${place}`, handler: module[method] });
    }
  }
  return found;
}

describe("the management API is what is described", () => {
  test("every handler runs by the operation that is described at its place, and every described one is there", async () => {
    const described = new Map<string, unknown>(
      RESOURCES.flatMap(({ operations }) => operations).map((one) => [
        `${one.method} /tenants/{tenant}${one.path}`,
        one,
      ]),
    );
    const handlers = (await findRoutes()).filter(({ place }) => place.includes(" /tenants/"));
    expect(handlers.map(({ place }) => place).sort()).toEqual([...described.keys()].sort());
    for (const { place, handler } of handlers) {
      expect((handler as { operation?: unknown }).operation, place).toBe(described.get(place));
    }
  });

  test("every other handler is what an instance tells of itself", async () => {
    const others = (await findRoutes()).map(({ place }) => place).filter((place) => !place.includes(" /tenants/"));
    expect(others.sort()).toEqual(INSTANCE_OPERATIONS.map((one) => `GET ${one.path}`).sort());
  });
});

describe("the data plane is what is described", () => {
  test("every path that the gateway answers, and no other", () => {
    const files = ["gateway.ts", "list-models.ts"].map((file) => path.join(ROOT, "lib/gateway", file));
    const source = files.map((file) => readFileSync(file, "utf8")).join("\n");
    const paths = [...source.matchAll(/"(\/v1\/[a-z_/]+)"/g)].map(([, found]) => found);
    // What is the caller's own stands at the end.
    expect(paths.sort()).toEqual(CALLS.map((call) => call.path.replace(/\{.*\}$/, "")).sort());
  });

  test("every header of ours that the gateway reads or sets, and no other", () => {
    const files = globSync("lib/gateway/**/*.ts", { cwd: ROOT }).filter((file) => !file.endsWith(".test.ts"));
    const found = files.flatMap((file) =>
      [...readFileSync(path.join(ROOT, file), "utf8").matchAll(/x-switchyard-[a-z-]*[a-z]/g)].map(([name]) => name),
    );
    const described = Object.keys({ ...REQUEST_HEADERS, ...ANSWER_HEADERS }).filter((name) =>
      name.startsWith("x-switchyard-"),
    );
    expect([...new Set(found)].sort()).toEqual(described.sort());
  });
});
