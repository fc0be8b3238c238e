import { type Database, withUser } from "#lib/db/client.ts";
import type { Role } from "../permissions.ts";
import type { MyTenantDto } from "./schemas.ts";

/** The tenants that a signed-in person belongs to, by name. */
export async function listMyTenants(database: Database, userId: string): Promise<MyTenantDto[]> {
  const rows = await withUser(database, userId, (tx) =>
    tx.membership.findMany({ where: { userId }, include: { tenant: true }, orderBy: { tenant: { name: "asc" } } }),
  );
  return rows.map(({ tenant, role }) => ({ id: tenant.id, slug: tenant.slug, name: tenant.name, role: role as Role }));
}
