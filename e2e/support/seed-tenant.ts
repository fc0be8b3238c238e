import { v7 as uuidv7 } from "uuid";
import { compileCatalog } from "#lib/catalog/index.ts";
import { openDatabase } from "#lib/db/client.ts";
import { NOTHING_ALLOWED } from "#lib/egress/allow-list.ts";
import { openSigningKey } from "#lib/residency/signing-key.ts";
import { createApiKeyWithSecret } from "#lib/services/api-keys/create.ts";
import { makeApiKeySecret } from "#lib/services/api-keys/secret.ts";
import type { ConnectionPorts, ServiceContext } from "#lib/services/context.ts";
import { API_KEY_SCOPES } from "#lib/services/permissions.ts";
import { createTenant, createUser } from "#lib/services/tenants/create.ts";

/** Nothing is sealed or tried while the tenant is made. */
const NO_CONNECTIONS = { vault: null, probe: null, egressAllow: NOTHING_ALLOWED } as unknown as ConnectionPorts;

/** A tenant in a migrated database, with an owner who cannot sign in. Answers a key that may do everything in it. */
export async function seedTenant(appUrl: string, slug: string): Promise<{ tenantId: string; apiKey: string }> {
  const database = openDatabase(appUrl, 2);
  try {
    const email = `owner-${uuidv7()}@example.com`;
    const owner = await createUser(database, { email, name: "Owner", passwordHash: "none" });
    const tenantId = await createTenant(database, { slug, name: slug, owner });
    const context: ServiceContext = {
      tenantId,
      tenantSlug: slug,
      actor: { kind: "system", id: "system", name: "Test" },
      requestId: "seed",
      address: null,
      database,
      platform: { connections: [], demoConnection: null },
      connections: NO_CONNECTIONS,
      catalog: compileCatalog(),
      routing: () => Promise.reject(new Error("Nobody calls while the tenant is made.")),
      signingKey: openSigningKey(null, "nothing is signed while the tenant is made"),
      circuits: () => [],
      configChanged: () => {},
    };
    const apiKey = makeApiKeySecret();
    const input = { name: "Everything", scopes: [...API_KEY_SCOPES], canCallModels: true };
    await createApiKeyWithSecret(context, input, apiKey);
    return { tenantId, apiKey };
  } finally {
    await database.$disconnect();
  }
}
