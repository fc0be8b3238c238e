import type { ApiKeyScope } from "#lib/services/permissions.ts";

interface Enrolled {
  /** The scope that a key needs. */
  scope: ApiKeyScope;
  /** A right body, so that a refusal can only be for who asks. */
  body?: object;
  /** What it cannot be asked without. */
  query?: string;
}

const PERIOD = { from: "2026-11-01T00:00:00Z", to: "2026-11-02T00:00:00Z" };

/** Every route of the management API by its folder under app/api/tenants, and its methods. */
export const MANAGEMENT_ROUTES: Readonly<Record<string, Readonly<Record<string, Enrolled>>>> = {
  "[tenant]/api-keys": {
    GET: { scope: "management:read" },
    POST: { scope: "management:write", body: { name: "Stranger's", scopes: ["management:read"] } },
  },
  "[tenant]/api-keys/[id]": { DELETE: { scope: "management:write" } },
  "[tenant]/connections": {
    GET: { scope: "management:read" },
    POST: {
      scope: "management:write",
      body: { provider: "groq", name: "Stranger's", fields: { apiKey: "gsk_stranger" } },
    },
  },
  "[tenant]/connections/[id]": {
    GET: { scope: "management:read" },
    PUT: { scope: "management:write", body: { name: "Stranger's" } },
    DELETE: { scope: "management:write" },
  },
  "[tenant]/connections/[id]/discover": { POST: { scope: "management:write" } },
  "[tenant]/connections/[id]/health": { GET: { scope: "management:read" }, POST: { scope: "management:write" } },
  "[tenant]/connections/[id]/secrets": {
    PUT: { scope: "management:write", body: { secrets: { apiKey: "gsk_stranger" } } },
  },
  "[tenant]/connections/order": {
    PUT: { scope: "management:write", body: { provider: "groq", ids: ["none"] } },
  },
  "[tenant]/connections/providers": { GET: { scope: "management:read" } },
  "[tenant]/connections/test": {
    POST: { scope: "management:write", body: { provider: "groq", fields: { apiKey: "gsk_stranger" } } },
  },
  "[tenant]/invocations": { GET: { scope: "management:read" } },
  "[tenant]/invocations/[id]": { GET: { scope: "management:read" } },
  "[tenant]/mode": {
    GET: { scope: "management:read" },
    PUT: { scope: "management:write", body: { tier: "economy", routeVersion: 1 } },
  },
  "[tenant]/mode/preview": { GET: { scope: "management:read", query: "?mode=bring-your-own" } },
  "[tenant]/residency": {
    GET: { scope: "management:read" },
    PUT: { scope: "management:write", body: { residency: null, routeVersion: 1 } },
  },
  "[tenant]/residency/destinations": { GET: { scope: "management:read", query: `?${new URLSearchParams(PERIOD)}` } },
  "[tenant]/residency/rejections": { GET: { scope: "management:read", query: `?${new URLSearchParams(PERIOD)}` } },
  "[tenant]/residency/statement": { POST: { scope: "management:read", body: PERIOD } },
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
export const OPEN_ROUTES: readonly string[] = [
  "[...path]",
  "auth/[...nextauth]",
  "health",
  "openapi.json",
  "ready",
  "statement-key",
];
