import { createTestDatabase } from "#e2e/support/database.ts";
import { seedTenant } from "#e2e/support/seed-tenant.ts";
import { type ServerOptions, startServer } from "#e2e/support/server.ts";
import { PINS_VARIABLE } from "./routes.ts";

/** By slug. `lenient` lets another target answer what a content filter refused. */
export const TENANTS = ["usual", "lenient"] as const;
export type TenantSlug = (typeof TENANTS)[number];

export interface FaultGateway {
  baseUrl: string;
  /** May call everything. */
  apiKey(tenant: TenantSlug): string;
  close(): Promise<void>;
}

/** A running gateway that has an account at each of the providers, at the address given for it. */
export async function openFaultGateway(
  mount: ServerOptions["mount"],
  addresses: Readonly<Record<string, string>>,
  env: Record<string, string>,
): Promise<FaultGateway> {
  const database = await createTestDatabase();
  const keys = new Map<TenantSlug, string>();
  for (const slug of TENANTS) keys.set(slug, (await seedTenant(database.appUrl, slug)).apiKey);
  const databaseUrls = { DATABASE_URL: database.ownerUrl, DATABASE_APP_URL: database.appUrl };
  const server = await startServer({
    mount,
    env: { ...databaseUrls, ...PINS_VARIABLE, ...accountVariables(addresses), LOG_LEVEL: "error", ...env },
  });
  const gateway: FaultGateway = {
    baseUrl: server.baseUrl,
    apiKey: (tenant) => keys.get(tenant) ?? "",
    async close() {
      await server.stop();
      await database.drop();
    },
  };
  await allowRetryFiltered(gateway, "lenient");
  return gateway;
}

function accountVariables(addresses: Readonly<Record<string, string>>): Record<string, string> {
  const variables = Object.entries(addresses).flatMap(([provider, baseUrl]) => {
    const prefix = `PLATFORM_${provider.toUpperCase().replaceAll("-", "_")}`;
    return [
      [`${prefix}_BASE_URL`, baseUrl],
      [`${prefix}_API_KEY`, `upstream-secret-of-${provider}`],
    ];
  });
  return Object.fromEntries(variables);
}

async function allowRetryFiltered({ baseUrl, apiKey }: FaultGateway, tenant: TenantSlug): Promise<void> {
  const response = await fetch(`${baseUrl}/api/tenants/${tenant}/mode`, {
    method: "PUT",
    headers: { authorization: `Bearer ${apiKey(tenant)}`, "content-type": "application/json" },
    body: JSON.stringify({ canRetryFiltered: true, routeVersion: 1 }),
  });
  if (response.status !== 200) throw new Error(`${tenant} could not be set up: ${await response.text()}`);
}
