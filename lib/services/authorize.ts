import type { ServiceContext } from "./context.ts";
import { ServiceError } from "./errors.ts";
import { type Permission, roleMay, scopesMay } from "./permissions.ts";

/** The first line of every use case: throws `not_allowed` unless who acts may do this, person or key alike. */
export function authorize({ actor }: ServiceContext, permission: Permission): void {
  if (actor.kind === "system") return;
  if (actor.kind === "member" && roleMay(actor.role, permission)) return;
  if (actor.kind === "api-key" && scopesMay(actor.scopes, permission)) return;
  const who = actor.kind === "member" ? `Your role (${actor.role})` : "This API key";
  throw new ServiceError("not_allowed", `${who} does not allow this. It needs the permission ${permission}.`);
}
