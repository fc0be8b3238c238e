export const ROLES = ["owner", "admin", "developer", "finance", "viewer"] as const;
export type Role = (typeof ROLES)[number];

/** What an `sy_` key can be allowed: call functions, read the management API, change through it. */
export const API_KEY_SCOPES = ["gateway:invoke", "management:read", "management:write"] as const;
export type ApiKeyScope = (typeof API_KEY_SCOPES)[number];

interface Grant {
  roles: readonly Role[];
  scope: ApiKeyScope;
}

const everyone = ROLES;
const configurers = ["owner", "admin"] as const;
const builders = ["owner", "admin", "developer"] as const;

/** The one table of who may do what, for people by role and for keys by scope. What is not here nobody may. */
export const PERMISSIONS = {
  "mode:read": { roles: everyone, scope: "management:read" },
  "mode:write": { roles: configurers, scope: "management:write" },
  "connection:read": { roles: everyone, scope: "management:read" },
  "connection:write": { roles: configurers, scope: "management:write" },
  "connection:test": { roles: configurers, scope: "management:write" },
  "route:read": { roles: everyone, scope: "management:read" },
  "route:write": { roles: configurers, scope: "management:write" },
  "residency:read": { roles: everyone, scope: "management:read" },
  "residency:write": { roles: configurers, scope: "management:write" },
  "usage:read": { roles: everyone, scope: "management:read" },
  "invocation:read": { roles: ["owner", "admin", "developer", "finance"], scope: "management:read" },
  "api-key:read": { roles: builders, scope: "management:read" },
  "api-key:write": { roles: builders, scope: "management:write" },
} as const satisfies Record<string, Grant>;
export type Permission = keyof typeof PERMISSIONS;

/** Whether a person of this role may. */
export function roleMay(role: Role, permission: Permission): boolean {
  const grant: Grant = PERMISSIONS[permission];
  return grant.roles.includes(role);
}

/** Whether a key with these scopes may. */
export function scopesMay(scopes: readonly string[], permission: Permission): boolean {
  const grant: Grant = PERMISSIONS[permission];
  return scopes.includes(grant.scope);
}

/** Whether a person of this role may do all that a key with this scope may. */
export function roleCovers(role: Role, scope: ApiKeyScope): boolean {
  const permissions = Object.keys(PERMISSIONS) as Permission[];
  return permissions.every((permission) => PERMISSIONS[permission].scope !== scope || roleMay(role, permission));
}
