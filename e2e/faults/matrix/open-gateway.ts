import { createTestDatabase } from "#e2e/support/database.ts";
import { seedTenant } from "#e2e/support/seed-tenant.ts";
import { type ServerOptions, startServer } from "#e2e/support/server.ts";
import { TIERS, type Tier } from "#lib/gateway/contract/catalog.ts";

/** A running gateway with one tenant a tier, whose key may call everything. */
export interface FaultGateway {
  baseUrl: string;
  apiKey(tier: Tier): string;
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
  const keys = new Map<Tier, string>();
  for (const tier of TIERS) keys.set(tier, (await seedTenant(database.appUrl, tier)).apiKey);
  const server = await startServer({
    mount,
    env: { DATABASE_URL: database.ownerUrl, DATABASE_APP_URL: database.appUrl, ...accountVariables(accounts), ...env },
  });
  const gateway: FaultGateway = {
    baseUrl: server.baseUrl,
    apiKey: (tier) => keys.get(tier) ?? "",
    async close() {
      await server.stop();
      await database.drop();
    },
  };
  for (const tier of TIERS) await setTier(gateway, tier);
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

/** A tenant begins in the balanced tier, with its first route version. */
async function setTier({ baseUrl, apiKey }: FaultGateway, tier: Tier): Promise<void> {
  if (tier === "balanced") return;
  const response = await fetch(`${baseUrl}/api/tenants/${tier}/mode`, {
    method: "PUT",
    headers: { authorization: `Bearer ${apiKey(tier)}`, "content-type": "application/json" },
    body: JSON.stringify({ tier, routeVersion: 1 }),
  });
  if (response.status !== 200) throw new Error(`The tier was not changed: ${await response.text()}`);
}
