import { v7 as uuidv7 } from "uuid";
import { type Database, withTenant, withUser } from "#lib/db/client.ts";
import type { RouteConfig } from "../route-versions/config.ts";

interface NewTenant {
  slug: string;
  name: string;
  owner: { id: string };
}

const FIRST_ROUTE: RouteConfig = { mode: "platform-managed", tier: "balanced" };

/** Makes a tenant with its owner and its first route version. Answers its id. Only the start-up does this so far. */
export async function createTenant(database: Database, { slug, name, owner }: NewTenant): Promise<string> {
  const tenantId = uuidv7();
  await withTenant(database, tenantId, async (tx) => {
    await tx.tenant.create({ data: { id: tenantId, slug, name } });
    await tx.membership.create({ data: { tenantId, userId: owner.id, role: "owner" } });
    await tx.routeVersion.create({
      data: { tenantId, number: 1, config: FIRST_ROUTE, note: "First version", publishedBy: "Switchyard" },
    });
    await tx.auditEvent.create({
      data: {
        tenantId,
        id: uuidv7(),
        actorKind: "system",
        actorId: "system",
        actorName: "Switchyard",
        action: "tenant.create",
        targetKind: "tenant",
        targetId: tenantId,
        after: { slug, name, ...FIRST_ROUTE },
      },
    });
  });
  return tenantId;
}

/** Makes a person who can sign in. The e-mail address is stored in lower case. */
export async function createUser(
  database: Database,
  { email, name, passwordHash }: { email: string; name: string; passwordHash: string },
): Promise<{ id: string }> {
  const id = uuidv7();
  await withUser(database, id, (tx) =>
    tx.user.create({ data: { id, email: email.toLowerCase(), name, passwordHash } }),
  );
  return { id };
}
