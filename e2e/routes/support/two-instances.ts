import { randomBytes } from "node:crypto";
import { type GatewayUnderTest, openGateway } from "#e2e/support/gateway.ts";
import { PINNED_CHAINS_VARIABLE } from "#e2e/support/pinned-chains.ts";
import { startServer, type TestServer } from "#e2e/support/server.ts";

/** Two instances of one operator over one database: they share its secrets, accounts and tenants, and no memory. */
export interface TwoInstances {
  first: GatewayUnderTest;
  second: TestServer;
  /** A call of the data plane or of the demo tenant's management API, at either of them. */
  ask(instance: "first" | "second", method: string, path: string, body?: unknown): Promise<Response>;
  close(): Promise<void>;
}

export async function openTwoInstances(): Promise<TwoInstances> {
  const secrets = {
    SWITCHYARD_MASTER_KEYS: `test-1:${randomBytes(32).toString("base64")}`,
    NEXTAUTH_SECRET: randomBytes(32).toString("base64url"),
  };
  const first = await openGateway("node", secrets);
  const { ownerUrl, appUrl } = first.database;
  const second = await startServer({
    mount: "node",
    env: {
      ...first.upstream.environment(),
      ...secrets,
      DATABASE_URL: ownerUrl,
      DATABASE_APP_URL: appUrl,
      SWITCHYARD_BREAKER_MIN_VOLUME: "1000000",
      SWITCHYARD_TIER_PINS: PINNED_CHAINS_VARIABLE,
    },
  });
  const addresses = { first: first.baseUrl, second: second.baseUrl };
  return {
    first,
    second,
    ask: (instance, method, path, body) =>
      fetch(`${addresses[instance]}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${first.apiKey}`,
          ...(body !== undefined && { "content-type": "application/json" }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    async close() {
      await second.stop();
      await first.close();
    },
  };
}
