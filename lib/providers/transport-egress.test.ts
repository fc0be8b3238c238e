import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { makeSelfSigned } from "#e2e/faults/upstream/self-signed.ts";
import { startDnsServer } from "#e2e/support/dns-server.ts";
import { HOSTILE_URLS } from "#e2e/support/hostile-urls.ts";
import { type EgressRule, OPERATOR, PUBLIC } from "#lib/egress/rule.ts";
import { mapTransportError } from "./map-failure.ts";
import { createTransport, type ReachedDestination, type Transport, type TransportSettings } from "./transport.ts";

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

function keep<One extends { close(): unknown }>(one: One): One {
  opened.push(one);
  return one;
}

const open = (settings: TransportSettings = {}) => keep(createTransport(settings));

/** A server of this machine that counts who comes. */
async function listen(host: string, answer: RequestListener = (_, response) => response.end("{}"), port = 0) {
  return watch(createServer(answer), host, port);
}

async function watch(server: Server, host: string, port = 0) {
  const seen = { connections: 0 };
  server.on("connection", () => {
    seen.connections += 1;
  });
  server.listen(port, host);
  await once(server, "listening");
  keep({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return { seen, port: (server.address() as AddressInfo).port };
}

/** Until the connection that answered has been given back. */
const rest = () => sleep(20);

const post = (transport: Transport, url: string, isStream = false) =>
  transport.post({ url, headers: {}, body: "{}", isStream, signal: AbortSignal.timeout(5_000) });

/** What a call that failed would be on record as. */
async function failureOf(call: Promise<unknown>) {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error === null ? null : mapTransportError(error, new AbortController().signal);
}

describe("nothing hostile is reached, even by a call that no other check came before", () => {
  const urls = Object.values(HOSTILE_URLS).flat();

  test(`${urls.length} addresses, whole and streamed`, async () => {
    expect(urls.length).toBeGreaterThanOrEqual(60);
    const { seen, port } = await listen("127.0.0.1");
    const dns = keep(await startDnsServer(() => ["127.0.0.1"]));
    const transport = open({ resolve: dns.resolve }).under(PUBLIC, "t");
    for (const url of urls.map((text) => text.replace("PORT", String(port)))) {
      for (const isStream of [false, true]) {
        const failure = await failureOf(post(transport, url, isStream));
        expect(failure, url).not.toBe(null);
        // Either refused by the rule or no address at all.
        if (failure?.kind !== "egress-refused") expect(failure?.code, url).toMatch(/INVALID|^UND_ERR_INVALID_ARG$/);
      }
    }
    expect(seen.connections).toBe(0);
  });

  test.each(HOSTILE_URLS["this machine, spelled otherwise"])("unguarded, %s gets there", async (url) => {
    const { seen, port } = await listen("127.0.0.1");
    await post(open(), url.replace("PORT", String(port)));
    expect(seen.connections).toBe(1);
  });
});

describe("a name server that changes its mind", () => {
  test("between the check of an entry and the call gets nowhere", async () => {
    const { seen, port } = await listen("127.0.0.1");
    const dns = keep(await startDnsServer((_, nth) => (nth === 0 ? ["1.1.1.1"] : ["127.0.0.1"])));
    expect(await dns.resolve("rebind.example")).toEqual([{ address: "1.1.1.1", family: 4 }]);
    const transport = open({ resolve: dns.resolve }).under(PUBLIC, "t");
    expect(await failureOf(post(transport, `https://rebind.example:${port}/`))).toMatchObject({
      kind: "egress-refused",
    });
    expect([dns.asked("rebind.example"), seen.connections]).toEqual([2, 0]);
  });

  test("after the check of a connection is not asked again: the address that was checked is connected to", async () => {
    const good = await listen("127.0.0.2");
    const bad = await listen("127.0.0.1", undefined, good.port);
    const dns = keep(await startDnsServer((_, nth) => (nth === 0 ? ["127.0.0.2"] : ["127.0.0.1"])));
    const settings = { resolve: dns.resolve, allow: { hosts: [], networks: ["127.0.0.2"] } };
    const url = `http://rebind.example:${good.port}/`;
    expect((await post(open(settings).under(PUBLIC, "t"), url)).status).toBe(200);
    expect([dns.asked("rebind.example"), good.seen.connections]).toEqual([1, 1]);
    expect(await failureOf(post(open(settings).under(PUBLIC, "t"), url))).toMatchObject({ kind: "egress-refused" });
    expect(bad.seen.connections).toBe(0);
  });

  test("with one fit address among its answers does not get the others in", async () => {
    const { seen, port } = await listen("127.0.0.1");
    const dns = keep(await startDnsServer(() => ["1.1.1.1", "127.0.0.1"]));
    const transport = open({ resolve: dns.resolve }).under(PUBLIC, "t");
    expect(await failureOf(post(transport, `https://both.example:${port}/`))).toMatchObject({ kind: "egress-refused" });
    expect(seen.connections).toBe(0);
  });

  test("to nothing at all is an address that does not resolve", async () => {
    const dns = keep(await startDnsServer(() => []));
    const transport = open({ resolve: dns.resolve }).under(PUBLIC, "t");
    expect(await failureOf(post(transport, "https://nowhere.example/"))).toMatchObject({ kind: "network" });
  });
});

test.each([301, 302, 303, 307, 308])("a redirect of %i to another server is not followed", async (status) => {
  const inside = await listen("127.0.0.1");
  const outside = await listen("127.0.0.2", (_, response) => {
    response.writeHead(status, { location: `http://127.0.0.1:${inside.port}/v1` }).end();
  });
  const transport = open({ allow: { hosts: [], networks: ["127.0.0.2"] } });
  for (const isStream of [false, true]) {
    const response = await post(transport.under(PUBLIC, "t"), `http://127.0.0.2:${outside.port}/`, isStream);
    expect(response.status).toBe(status);
    await response.readBody();
  }
  expect(inside.seen.connections).toBe(0);
});

describe("a connection serves the rule it was made under alone", () => {
  const listed = (part: object): EgressRule => ({
    kind: "listed",
    name: "self-hosted mode",
    hosts: ["127.0.0.1"],
    networks: ["127.0.0.0/8"],
    enteredBy: "operator",
    ...part,
  });

  test("and every rule that says the same", async () => {
    const { seen, port } = await listen("127.0.0.1");
    const transport = open();
    const url = `http://127.0.0.1:${port}/`;
    await post(transport, url);
    await rest();
    await post(transport.under(OPERATOR, "t"), url);
    expect(seen.connections).toBe(1);
    expect(await failureOf(post(transport.under(PUBLIC, "t"), url))).toMatchObject({ kind: "egress-refused" });
    await post(transport.under(listed({}), "t"), url);
    await rest();
    await post(transport.under(listed({}), "u"), url);
    expect(seen.connections).toBe(2);
    const narrower = transport.under(listed({ networks: ["127.0.0.2"] }), "t");
    expect(await failureOf(post(narrower, url))).toMatchObject({ kind: "egress-refused" });
    expect(seen.connections).toBe(2);
  });
});

test("a refusal is a failure in words of the rule, with no address in it", async () => {
  const failure = await failureOf(post(open().under(PUBLIC, "t"), "http://10.20.30.40:8000/"));
  expect(failure).toMatchObject({ kind: "egress-refused", code: "EGRESS_REFUSED", httpStatus: null });
  expect(failure?.message).toMatch(/^The egress rule for addresses that tenants enter refuses .+\.$/);
  expect(failure?.message).not.toContain("10.20");
});

test("a server whose certificate nobody vouches for is asked for by its name, and not talked to", async () => {
  const names: string[] = [];
  const server = createSecureServer(
    {
      ...makeSelfSigned(),
      SNICallback: (name, callback) => {
        names.push(name);
        callback(null);
      },
    },
    (_, response) => response.end("{}"),
  );
  server.on("tlsClientError", () => {});
  const { port } = await watch(server, "127.0.0.1");
  const dns = keep(await startDnsServer(() => ["127.0.0.1"]));
  const transport = open({ resolve: dns.resolve, allow: { hosts: ["gpu.example"], networks: [] } });
  expect(await failureOf(post(transport.under(PUBLIC, "t"), `https://gpu.example:${port}/`))).toMatchObject({
    kind: "network",
    message: "The provider has a certificate that does not hold (DEPTH_ZERO_SELF_SIGNED_CERT).",
  });
  expect(names).toEqual(["gpu.example"]);
});

test("headers without end are a bad answer", async () => {
  const { port } = await listen("127.0.0.1", (_, response) => {
    for (let i = 0; i < 40; i++) response.setHeader(`x-${i}`, "x".repeat(1_000));
    response.end("{}");
  });
  expect(await failureOf(post(open(), `http://127.0.0.1:${port}/`))).toMatchObject({ kind: "bad-response" });
});

describe("every destination of a request is told, with whom it was for", () => {
  test("once a request, also over a connection that was there", async () => {
    const { seen, port } = await listen("127.0.0.1");
    const reached: ReachedDestination[] = [];
    const dns = keep(await startDnsServer(() => ["127.0.0.1"]));
    const allow = { hosts: ["gpu.example"], networks: [] };
    const transport = open({ resolve: dns.resolve, allow, onReached: (one) => reached.push(one) });
    for (const tenantId of ["t", "u"]) {
      await post(transport.under(PUBLIC, tenantId), `http://gpu.example:${port}/`);
      await rest();
    }
    const stream = await post(transport, `http://127.0.0.1:${port}/`, true);
    await stream.readBody();
    const address = "127.0.0.1";
    expect(reached).toEqual([
      { host: "gpu.example", port, address, tenantId: "t", rule: "public" },
      { host: "gpu.example", port, address, tenantId: "u", rule: "public" },
      { host: "127.0.0.1", port, address, tenantId: null, rule: "operator" },
    ]);
    expect(seen.connections).toBe(2);
  });

  test("a request that broke too, and none that was refused", async () => {
    const { port } = await listen("127.0.0.1", (request) => request.socket.destroy());
    const reached: ReachedDestination[] = [];
    const transport = open({ onReached: (one) => reached.push(one) });
    expect(await failureOf(post(transport.under(PUBLIC, "t"), `http://127.0.0.1:${port}/`))).not.toBe(null);
    expect(reached).toEqual([]);
    expect(await failureOf(post(transport.under(OPERATOR, "t"), `http://127.0.0.1:${port}/`))).not.toBe(null);
    expect(reached).toMatchObject([{ address: "127.0.0.1", tenantId: "t", rule: "operator" }]);
  });
});
