import type { Role } from "./permissions.ts";

/** Who acts. */
export type Actor =
  | { kind: "member"; id: string; name: string; role: Role }
  | { kind: "api-key"; id: string; name: string; scopes: readonly string[] }
  /** The start-up itself: making the demo tenant. */
  | { kind: "system"; id: "system"; name: string };

/** What every use case is given first: the tenant it acts in, who acts, and where the request came from. */
export interface ServiceContext {
  tenantId: string;
  tenantSlug: string;
  actor: Actor;
  requestId: string;
  /** The caller's network address, for the audit; null when there is none. */
  address: string | null;
}
