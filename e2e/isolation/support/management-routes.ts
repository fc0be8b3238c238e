import type { ApiKeyScope } from "#lib/services/permissions.ts";

interface Enrolled {
  /** The scope that a key needs. */
  scope: ApiKeyScope;
  /** A right body, so that a refusal can only be for who asks. */
  body?: object;
  /** What it cannot be asked without. */
  query?: string;
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
  "[tenant]/mode/preview": { GET: { scope: "management:read", query: "?mode=bring-your-own" } },
  "[tenant]/routes/draft": {
    GET: { scope: "management:read" },
    PUT: {
      scope: "management:write",
      body: { config: { mode: "platform-managed", tier: "economy" }, revision: 0, basedOn: 1 },
    },
    DELETE: { scope: "management:write", query: "?revision=0" },
  },
  "[tenant]/routes/draft/difference": { GET: { scope: "management:read" } },
  "[tenant]/routes/publish": {
    POST: { scope: "management:write", body: { revision: 0, basedOn: 1, note: "Stranger's" } },
  },
  "[tenant]/routes/try": { POST: { scope: "management:read", body: { function: "email-classification" } } },
  "[tenant]/routes/versions": { GET: { scope: "management:read" } },
  "[tenant]/routes/versions/[number]": { GET: { scope: "management:read" } },
  "[tenant]/routes/versions/[number]/rollback": {
    POST: { scope: "management:write", body: { routeVersion: 1 } },
  },
  "[tenant]/usage": { GET: { scope: "management:read" } },
};

/** Routes of app/api outside a tenant: each is open to everybody on purpose. */
export const OPEN_ROUTES: readonly string[] = ["[...path]", "auth/[...nextauth]", "health", "ready"];
