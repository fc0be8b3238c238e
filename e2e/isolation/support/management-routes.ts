import type { ApiKeyScope } from "#lib/services/permissions.ts";

interface Enrolled {
  /** The scope that a key needs. */
  scope: ApiKeyScope;
  /** A right body, so that a refusal can only be for who asks. */
  body?: object;
}

/** Every route of the management API by its folder under app/api/tenants, and its methods. */
export const MANAGEMENT_ROUTES: Readonly<Record<string, Readonly<Record<string, Enrolled>>>> = {
  "[tenant]/api-keys": {
    GET: { scope: "management:read" },
    POST: { scope: "management:write", body: { name: "Stranger's", scopes: ["management:read"] } },
  },
  "[tenant]/api-keys/[id]": { DELETE: { scope: "management:write" } },
  "[tenant]/connections": { GET: { scope: "management:read" } },
  "[tenant]/invocations": { GET: { scope: "management:read" } },
  "[tenant]/invocations/[id]": { GET: { scope: "management:read" } },
  "[tenant]/mode": {
    GET: { scope: "management:read" },
    PUT: { scope: "management:write", body: { tier: "economy", routeVersion: 1 } },
  },
  "[tenant]/usage": { GET: { scope: "management:read" } },
};

/** Routes of app/api outside a tenant: each is open to everybody on purpose. */
export const OPEN_ROUTES: readonly string[] = ["[...path]", "auth/[...nextauth]", "health", "ready"];
