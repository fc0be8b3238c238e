import { describe, expect, test, vi } from "vitest";
import { makePrincipal, makeSnapshot } from "#e2e/isolation/support/gateway.ts";
import type { Composition } from "#lib/composition/compose.ts";
import type { Principal } from "#lib/gateway/contract/snapshot.ts";
import { authenticateRequest } from "./authenticate-request.ts";

// Only Next's own bundle can load it; here nobody is ever signed in.
vi.mock("next-auth", () => ({ getServerSession: async () => null }));
vi.mock("next-auth/providers/credentials", () => ({ default: (options: object) => options }));

const NOW = Date.now();
const keys = new Map<string, Principal>([
  ["sy_reader", makePrincipal({ scopes: ["management:read"], functions: ["triage"], canCallModels: true })],
  ["sy_ended", makePrincipal({ expiresAtMs: NOW - 1 })],
  ["other_reader", makePrincipal()],
]);
const composition = {
  environment: { publicUrl: "https://console.example/switchyard" } as Composition["environment"],
  keys: { find: async (secret: string) => keys.get(secret) ?? null },
  snapshots: { get: async (tenantId: string) => makeSnapshot({ tenantId }) },
} as Partial<Composition> as Composition;

function ask(headers: Record<string, string>, { method = "GET", tenantSlug = "acme-inc" } = {}) {
  const request = new Request("http://internal:3000/api/tenants/acme-inc/mode", { method, headers });
  return authenticateRequest(composition, request, { tenantSlug, requestId: "request-1" });
}

describe("a key", () => {
  test.each<Record<string, string>>([
    { authorization: "Bearer sy_reader" },
    { authorization: "bearer   sy_reader" },
    { "x-api-key": "sy_reader" },
  ])("sent as %j acts in its own tenant, with what it may do and no more", async (headers) => {
    const context = await ask({ ...headers, "x-forwarded-for": "203.0.113.7, 10.0.0.1" });
    const { tenantId, apiKeyId, name } = makePrincipal();
    expect(context).toMatchObject({ tenantId, tenantSlug: "acme-inc", requestId: "request-1", address: "203.0.113.7" });
    expect(context.actor).toEqual({
      kind: "api-key",
      id: apiKeyId,
      name,
      scopes: ["management:read"],
      functions: ["triage"],
      canCallModels: true,
    });
  });

  test("does not find another tenant, nor one that there is not, and cannot tell them apart", async () => {
    const headers = { authorization: "Bearer sy_reader" };
    const errors = await Promise.all(
      ["globex", "nothing"].map((tenantSlug) => ask(headers, { tenantSlug }).catch((thrown: Error) => thrown)),
    );
    expect(errors).toMatchObject([{ code: "not_found" }, { code: "not_found" }]);
    expect((errors[0] as Error).message).toBe((errors[1] as Error).message);
  });

  test.each(["Bearer sy_unknown", "Bearer sy_ended", "Bearer other_reader"])(
    "%j is not valid",
    async (authorization) => {
      await expect(ask({ authorization })).rejects.toMatchObject({ code: "invalid_api_key", status: 401 });
    },
  );

  test("goes before the session: a wrong one is not made up for by a cookie", async () => {
    await expect(ask({ "x-api-key": "", cookie: "session=1" })).rejects.toMatchObject({ code: "invalid_api_key" });
  });

  test("may change things from anywhere: nobody's browser sends it by itself", async () => {
    const headers = { authorization: "Bearer sy_reader", origin: "https://elsewhere.example" };
    expect(await ask(headers, { method: "PUT" })).toHaveProperty("actor.kind", "api-key");
  });
});

describe("a session's request that changes something must come from our own pages", () => {
  const host = "switchyard.example";
  const ours = `https://${host}`;
  test.each<[string, Record<string, string>]>([
    ["another site", { host, origin: "https://evil.example" }],
    ["another port", { host, origin: `${ours}:8443` }],
    ["a site whose name begins like ours", { host, origin: `${ours}.evil.example` }],
    ["a name below ours", { host, origin: `https://x.${host}` }],
    ["nowhere that it says", { host }],
    ["a sandboxed frame", { host, origin: "null" }],
    ["the public address without its encryption", { host, origin: "http://console.example" }],
    ["a proxy's own host alone", { host, "x-forwarded-host": "public.example", origin: ours }],
  ])("not from %s", async (_, headers) => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      await expect(ask(headers, { method })).rejects.toMatchObject({ code: "not_allowed", status: 403 });
    }
  });

  test.each<[string, Record<string, string>]>([
    ["our own", { host, origin: ours }],
    ["our own behind a proxy", { host: "internal:3000", "x-forwarded-host": host, origin: ours }],
    [
      "the public address behind a proxy that keeps it to itself",
      { host: "internal:3000", origin: "https://console.example" },
    ],
  ])("from %s it goes on to the question who is signed in", async (_, headers) => {
    await expect(ask(headers, { method: "POST" })).rejects.toMatchObject({ code: "not_signed_in", status: 401 });
  });

  test("reading is free of that rule", async () => {
    await expect(ask({ host, origin: "https://evil.example" })).rejects.toMatchObject({ code: "not_signed_in" });
  });
});
