import { createTestDatabase } from "#e2e/support/database.ts";
import { type GatewayUnderTest, openGateway } from "#e2e/support/gateway.ts";
import { seedTenant } from "#e2e/support/seed-tenant.ts";
import { type ServerOptions, startServer } from "#e2e/support/server.ts";
import type { Gateway } from "./clients/client.ts";
import { openStandIn, type StandIn } from "./stand-in/open-stand-in.ts";

/** Two gateways over one mount: one whose accounts lead to the stand-in, and one without any, where the demo answers. */
export interface Gateways {
  connected: GatewayUnderTest;
  demo: Gateway;
  standIn: StandIn;
  close(): Promise<void>;
}

export async function openGateways(mount: ServerOptions["mount"]): Promise<Gateways> {
  const standIn = await openStandIn();
  const [connected, demo] = await Promise.all([openGateway(mount, standIn.environment), openDemo(mount)]);
  return {
    connected,
    demo,
    standIn,
    async close() {
      await Promise.all([connected.close(), demo.close()]);
      await standIn.close();
    },
  };
}

async function openDemo(mount: ServerOptions["mount"]): Promise<Gateway & { close(): Promise<void> }> {
  const database = await createTestDatabase();
  const { apiKey } = await seedTenant(database.appUrl, "demo");
  const addresses = { DATABASE_URL: database.ownerUrl, DATABASE_APP_URL: database.appUrl };
  const server = await startServer({ mount, env: addresses });
  return {
    apiKey,
    baseUrl: server.baseUrl,
    async close() {
      await server.stop();
      await database.drop();
    },
  };
}
