import { describe, expect, test } from "vitest";
import { authorize } from "./authorize.ts";
import type { Actor, ServiceContext } from "./context.ts";
import { ServiceError } from "./errors.ts";
import {
  API_KEY_SCOPES,
  PERMISSIONS,
  type Permission,
  ROLES,
  type Role,
  roleCovers,
  roleMay,
  scopesMay,
} from "./permissions.ts";

/** Who may do what, written out once more: a change of the table has to be made here too. */
const MATRIX: Record<
  Permission,
  { owner: boolean; admin: boolean; developer: boolean; finance: boolean; viewer: boolean; scope: string }
> = {
  "mode:read": { owner: true, admin: true, developer: true, finance: true, viewer: true, scope: "management:read" },
  "mode:write": {
    owner: true,
    admin: true,
    developer: false,
    finance: false,
    viewer: false,
    scope: "management:write",
  },
  "connection:read": {
    owner: true,
    admin: true,
    developer: true,
    finance: true,
    viewer: true,
    scope: "management:read",
  },
  "connection:write": {
    owner: true,
    admin: true,
    developer: false,
    finance: false,
    viewer: false,
    scope: "management:write",
  },
  "connection:test": {
    owner: true,
    admin: true,
    developer: false,
    finance: false,
    viewer: false,
    scope: "management:write",
  },
  "route:read": { owner: true, admin: true, developer: true, finance: true, viewer: true, scope: "management:read" },
  "route:write": {
    owner: true,
    admin: true,
    developer: false,
    finance: false,
    viewer: false,
    scope: "management:write",
  },
  "residency:read": {
    owner: true,
    admin: true,
    developer: true,
    finance: true,
    viewer: true,
    scope: "management:read",
  },
  "residency:write": {
    owner: true,
    admin: true,
    developer: false,
    finance: false,
    viewer: false,
    scope: "management:write",
  },
  "usage:read": { owner: true, admin: true, developer: true, finance: true, viewer: true, scope: "management:read" },
  "invocation:read": {
    owner: true,
    admin: true,
    developer: true,
    finance: true,
    viewer: false,
    scope: "management:read",
  },
  "api-key:read": {
    owner: true,
    admin: true,
    developer: true,
    finance: false,
    viewer: false,
    scope: "management:read",
  },
  "api-key:write": {
    owner: true,
    admin: true,
    developer: true,
    finance: false,
    viewer: false,
    scope: "management:write",
  },
};
const permissions = Object.keys(MATRIX) as Permission[];

const contextOf = (actor: Actor) => ({ actor }) as ServiceContext;
const member = (role: Role) => contextOf({ kind: "member", id: "1", name: "Ann", role });
const key = (scopes: readonly string[]) =>
  contextOf({ kind: "api-key", id: "1", name: "Robot", scopes, functions: [], canCallModels: true });

function isAllowed(context: ServiceContext, permission: Permission): boolean {
  try {
    authorize(context, permission);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(ServiceError);
    expect(error).toMatchObject({ code: "not_allowed", status: 403 });
    return false;
  }
}

test("the matrix is of every permission there is", () => {
  expect(permissions.sort()).toEqual(Object.keys(PERMISSIONS).sort());
});

describe.each(permissions)("%s", (permission) => {
  test.each(ROLES)("as the matrix says for a %s", (role) => {
    expect(roleMay(role, permission)).toBe(MATRIX[permission][role]);
    expect(isAllowed(member(role), permission)).toBe(MATRIX[permission][role]);
  });

  test.each(API_KEY_SCOPES)("as the matrix says for a key with %s alone", (scope) => {
    expect(scopesMay([scope], permission)).toBe(scope === MATRIX[permission].scope);
    expect(isAllowed(key([scope]), permission)).toBe(scope === MATRIX[permission].scope);
  });

  test("not for a key without scopes, or with ones that only look right", () => {
    expect(isAllowed(key([]), permission)).toBe(false);
    expect(isAllowed(key(["management", "management:*", "*", permission]), permission)).toBe(false);
  });

  test("for the start-up itself", () => {
    expect(isAllowed(contextOf({ kind: "system", id: "system", name: "Switchyard" }), permission)).toBe(true);
  });
});

describe.each(API_KEY_SCOPES)("%s is covered by a role", (scope) => {
  test.each(ROLES)("that may do everything that it may: %s", (role) => {
    const ofScope = permissions.filter((permission) => MATRIX[permission].scope === scope);
    expect(roleCovers(role, scope)).toBe(ofScope.every((permission) => MATRIX[permission][role]));
  });
});

test("a refusal names the role or the key, and the permission that is missing", () => {
  expect(() => authorize(member("viewer"), "mode:write")).toThrow("Your role (viewer) does not allow this");
  expect(() => authorize(key([]), "mode:write")).toThrow(
    "This API key does not allow this. It needs the permission mode:write.",
  );
});
