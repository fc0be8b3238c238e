import { connect } from "node:net";
import { text } from "node:stream/consumers";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type GatewayUnderTest, openGateway } from "#e2e/support/gateway.ts";

/** One request in its own words, on a connection of its own. */
async function ask(baseUrl: string, requestLine: string): Promise<string> {
  const { hostname, port } = new URL(baseUrl);
  const socket = connect(Number(port), hostname);
  socket.end(`${requestLine} HTTP/1.1\r\nhost: ${hostname}\r\nconnection: close\r\n\r\n`);
  return text(socket);
}

/** Changes something, and answers the address that the audit has of it. */
async function auditedAddress(gateway: GatewayUnderTest, forwarded: string): Promise<string | null> {
  const { id } = (await (
    await fetch(`${gateway.baseUrl}/api/tenants/demo/api-keys`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${gateway.apiKey}`,
        "content-type": "application/json",
        "x-forwarded-for": forwarded,
      },
      body: JSON.stringify({ name: "Audited", scopes: ["gateway:invoke"] }),
    })
  ).json()) as { id: string };
  const client = new pg.Client({ connectionString: gateway.database.ownerUrl });
  await client.connect();
  try {
    await client.query("SET row_security = off");
    const { rows } = await client.query("SELECT host(address::inet) AS address FROM audit_event WHERE target_id = $1", [
      id,
    ]);
    return rows[0]?.address ?? null;
  } finally {
    await client.end();
  }
}

describe("behind a proxy on this machine", () => {
  let gateway: GatewayUnderTest;
  beforeAll(async () => {
    gateway = await openGateway("node", { SWITCHYARD_PUBLIC_URL: "https://console.example" });
  });
  afterAll(() => gateway?.close());

  test("the audit has the address that the proxy saw, and nothing that the caller made up", async () => {
    expect(await auditedAddress(gateway, "1.2.3.4, 203.0.113.5")).toBe("203.0.113.5");
  });

  test("an address whose host is another leads nowhere else", async () => {
    const answer = await ask(gateway.baseUrl, "GET http://elsewhere.example/api/health");
    expect(answer).toContain("200 OK");
    expect(answer).not.toContain("elsewhere.example");
    expect(await ask(gateway.baseUrl, "GET http://elsewhere.example/v1/models")).toContain("invalid_api_key");
  });

  test("a method that nothing takes is refused, and the server goes on", async () => {
    expect(await ask(gateway.baseUrl, "TRACE /sign-in")).toContain("405 Method Not Allowed");
    expect(await ask(gateway.baseUrl, "GET /api/health")).toContain("200 OK");
  });

  test("browsers are told to stay on HTTPS, where the console's address is one", async () => {
    const { headers } = await fetch(`${gateway.baseUrl}/sign-in`);
    expect(headers.get("strict-transport-security")).toBe("max-age=31536000");
  });
});

describe("without a proxy that is trusted", () => {
  let gateway: GatewayUnderTest;
  beforeAll(async () => {
    gateway = await openGateway("node", { SWITCHYARD_TRUSTED_PROXIES: "10.0.0.0/8" });
  });
  afterAll(() => gateway?.close());

  test("the audit has the connection's own address, whatever the caller says", async () => {
    expect(await auditedAddress(gateway, "203.0.113.5")).toBe("127.0.0.1");
  });

  test("nothing is said of HTTPS, where the console's address is none of it", async () => {
    expect((await fetch(`${gateway.baseUrl}/sign-in`)).headers.has("strict-transport-security")).toBe(false);
  });
});
