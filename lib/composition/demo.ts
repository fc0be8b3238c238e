import { createHmac } from "node:crypto";
import { hashPassword } from "#lib/auth/password.ts";
import { withEmail, withKeyHash, withTenant, withUser } from "#lib/db/client.ts";
import { createApiKeyWithSecret } from "#lib/services/api-keys/create.ts";
import { hashApiKeySecret } from "#lib/services/api-keys/secret.ts";
import type { ServiceContext } from "#lib/services/context.ts";
import { createTenant, createUser } from "#lib/services/tenants/create.ts";
import type { Composition } from "./compose.ts";

export interface Demo {
  email: string;
  password: string;
  apiKey: string;
}

const EMAIL = "demo@example.com";
const SLUG = "demo";

/**
 * Makes the demo tenant with its owner and a key for everything, once: whatever is there already stays as it is. Its
 * password and key are derived from the instance's session secret, so nothing has to store them to print them again.
 */
export async function ensureDemo(composition: Composition, sessionSecret: string): Promise<Demo> {
  const { database } = composition;
  const demo: Demo = {
    email: EMAIL,
    password: derive(sessionSecret, "demo password").slice(0, 16),
    apiKey: `sy_${derive(sessionSecret, "demo key")}`,
  };
  const known = await withEmail(database, EMAIL, (tx) => tx.user.findUnique({ where: { email: EMAIL } }));
  const owner =
    known ??
    (await createUser(database, { email: EMAIL, name: "Demo Owner", passwordHash: await hashPassword(demo.password) }));
  const memberships = await withUser(database, owner.id, (tx) =>
    tx.membership.findMany({ where: { userId: owner.id } }),
  );
  const tenantId =
    memberships[0]?.tenantId ?? (await createTenant(database, { slug: SLUG, name: "Demo Company", owner }));
  await ensureKey(composition, tenantId, demo.apiKey);
  return demo;
}

async function ensureKey(composition: Composition, tenantId: string, secret: string): Promise<void> {
  const { database, platform, connections, catalog, snapshots, signingKey, configChanged } = composition;
  const secretHash = hashApiKeySecret(secret);
  const digest = Buffer.from(secretHash).toString("hex");
  const known = await withKeyHash(database, digest, (tx) => tx.apiKey.findUnique({ where: { secretHash } }));
  if (known !== null) return;
  const { slug } = await withTenant(database, tenantId, (tx) =>
    tx.tenant.findUniqueOrThrow({ where: { id: tenantId } }),
  );
  const context: ServiceContext = {
    tenantId,
    tenantSlug: slug,
    actor: { kind: "system", id: "system", name: "Switchyard" },
    requestId: "start",
    address: null,
    database,
    platform,
    connections,
    catalog,
    routing: () => snapshots.get(tenantId),
    signingKey,
    circuits: () => [],
    configChanged,
  };
  const input = { name: "Demo key", scopes: ["gateway:invoke", "management:read"] as const, canCallModels: true };
  await createApiKeyWithSecret(context, { ...input, scopes: [...input.scopes] }, secret);
}

function derive(secret: string, purpose: string): string {
  return createHmac("sha256", secret).update(`switchyard ${purpose}`).digest("base64url");
}
