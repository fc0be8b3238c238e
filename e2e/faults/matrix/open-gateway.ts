import { createTestDatabase } from "#e2e/support/database.ts";
import { seedTenant } from "#e2e/support/seed-tenant.ts";
import { type ServerOptions, startServer } from "#e2e/support/server.ts";
import type { Tier } from "#lib/gateway/contract/catalog.ts";

/** By slug: how each tenant has set itself up. Its key may call everything. */
const TENANTS = {
  performance: { tier: "performance" },
  balanced: { tier: "balanced" },
  economy: { tier: "economy" },
  /** Lets another target answer what a content filter refused. */
  lenient: { tier: "economy", canRetryFiltered: true },
} as const satisfies Record<string, { tier: Tier; canRetryFiltered?: boolean }>;
export type TenantSlug = keyof typeof TENANTS;
const SLUGS = Object.keys(TENANTS) as TenantSlug[];

export interface FaultGateway {
  baseUrl: string;
  apiKey(tenant: TenantSlug): string;
  close(): Promise<void>;
}

/** The operator's accounts, by provider: where each is reached. */
export type Accounts = Readonly<Record<string, string>>;

export async function openFaultGateway(
  mount: ServerOptions["mount"],
  accounts: Accounts,
  env: Record<string, string>,
): Promise<FaultGateway> {
  const database = await createTestDatabase();
  const keys = new Map<TenantSlug, string>();
  for (const slug of SLUGS) keys.set(slug, (await seedTenant(database.appUrl, slug)).apiKey);
  const server = await startServer({
    mount,
    env: { DATABASE_URL: database.ownerUrl, DATABASE_APP_URL: database.appUrl, ...accountVariables(accounts), ...env },
  });
  const gateway: FaultGateway = {
    baseUrl: server.baseUrl,
    apiKey: (tenant) => keys.get(tenant) ?? "",
    async close() {
      await server.stop();
      await database.drop();
    },
  };
  for (const slug of SLUGS) await setUp(gateway, slug);
  return gateway;
}

function accountVariables(accounts: Accounts): Record<string, string> {
  const variables = Object.entries(accounts).flatMap(([provider, baseUrl]) => {
    const prefix = `PLATFORM_${provider.toUpperCase().replaceAll("-", "_")}`;
    return [
      [`${prefix}_BASE_URL`, baseUrl],
      [`${prefix}_API_KEY`, `upstream-secret-of-${provider}`],
    ];
  });
  return Object.fromEntries(variables);
}

async function setUp({ baseUrl, apiKey }: FaultGateway, slug: TenantSlug): Promise<void> {
  const response = await fetch(`${baseUrl}/api/tenants/${slug}/mode`, {
    method: "PUT",
    headers: { authorization: `Bearer ${apiKey(slug)}`, "content-type": "application/json" },
    body: JSON.stringify({ ...TENANTS[slug], routeVersion: 1 }),
  });
  if (response.status !== 200) throw new Error(`${slug} could not be set up: ${await response.text()}`);
}
