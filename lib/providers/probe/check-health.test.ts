import { once } from "node:events";
import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { makeSelfSigned } from "#e2e/faults/upstream/self-signed.ts";
import { type EgressRule, PUBLIC } from "#lib/egress/rule.ts";
import { findProviderEntry, type ProviderEntry } from "../registry/index.ts";
import { createTransport, type EgressTransport } from "../transport.ts";
import { createProbe } from "./index.ts";

const KEY = "sk-canary-of-the-check-0123456789";
const LOCAL = { hosts: ["localhost"], networks: ["127.0.0.1/32"] };
const NEVER = new AbortController().signal;
let transport: EgressTransport;

afterEach(() => transport.close());

async function listen(server: Server): Promise<Server> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => close(server));
  return server;
}
async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

interface Asked {
  provider?: string;
  rule?: EgressRule;
  signal?: AbortSignal;
  healthTimeoutMs?: number;
  scheme?: string;
}

function check(server: Server, asked: Asked = {}) {
  const { provider = "vllm", rule = PUBLIC, signal = NEVER, healthTimeoutMs = 5_000, scheme = "http" } = asked;
  const { port } = server.address() as AddressInfo;
  transport = createTransport({ allow: LOCAL });
  const guard = { allow: LOCAL, resolve: async () => [{ address: "127.0.0.1", family: 4 }] };
  const entry = findProviderEntry(provider) as ProviderEntry;
  const account = { entry, baseUrl: `${scheme}://127.0.0.1:${port}/v1`, fields: { apiKey: KEY } };
  const target = { account, rule, tenantId: "t", connectionId: null, regions: [] };
  return createProbe({ transport, guard, healthTimeoutMs }).checkHealth(target, signal);
}
const serving = (listener: RequestListener) => listen(createServer(listener));
const answering = (status: number, body: unknown) =>
  serving((_, response: ServerResponse) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  });

test("a server that lists its models is up, with these", async () => {
  const server = await answering(200, { data: [{ id: "llama3.2", max_model_len: 8_192 }] });
  expect(await check(server)).toEqual({
    isUp: true,
    latencyMs: expect.any(Number),
    models: [{ id: "llama3.2", contextTokens: 8_192 }],
  });
});

test.each([404, 405])("one that has no such list (%i) is up all the same", async (status) => {
  const server = await answering(status, { error: { message: "no" } });
  expect(await check(server)).toEqual({ isUp: true, latencyMs: expect.any(Number), models: null });
});

test.each([
  [401, "provider-auth", /key is refused/],
  [429, "rate-limited", /rate limit/],
  [500, "server-error", /look into its log/],
  [503, "overloaded", /overloaded/],
])(
  "an answer of %i is a failure (%s) with its mend, and with none of the server's words",
  async (status, kind, says) => {
    const server = await answering(status, { error: { message: `echo of ${KEY} <script>` } });
    const found = await check(server);
    expect(found).toMatchObject({ isUp: false, kind, problem: expect.stringMatching(says) });
    expect(JSON.stringify(found)).not.toMatch(/echo|canary|script/);
  },
);

test("a page instead of a list is a failure that says so", async () => {
  const server = await answering(200, "<html>Welcome</html>");
  expect(await check(server)).toMatchObject({
    isUp: false,
    kind: "bad-response",
    problem: expect.stringMatching(/not one of this API/),
  });
});

test("a server that is silent, or never ends its answer, is given up in time", async () => {
  const silent = await serving(() => {});
  const slow = await serving((_, response) => void response.writeHead(200).write("{"));
  for (const server of [silent, slow]) {
    const found = await check(server, { healthTimeoutMs: 50 });
    expect(found).toMatchObject({ isUp: false, kind: "timeout", problem: expect.stringMatching(/within 0.05 s/) });
  }
});

test("an answer without an end is given up by its size", async () => {
  const server = await serving((_, response) => {
    const more = () => {
      while (!response.destroyed && response.write("x".repeat(65_536)));
      if (!response.destroyed) response.once("drain", more);
    };
    more();
  });
  expect(await check(server)).toMatchObject({ isUp: false, kind: "bad-response" });
});

test("a server that is down is told from one that the rule keeps it from, which is not asked", async () => {
  const server = await listen(createServer(() => expect.unreachable("It was asked.")));
  const rule: EgressRule = { kind: "listed", name: "residency", hosts: [], networks: [], enteredBy: "tenant" };
  expect(await check(server, { rule })).toMatchObject({ isUp: false, kind: "egress-refused" });
  const address = server.address();
  await close(server);
  server.address = () => address;
  expect(await check(server)).toMatchObject({
    isUp: false,
    kind: "network",
    problem: expect.stringMatching(/Nothing listens at this address/),
  });
});

test("a certificate that nobody signed is told with its mend", async () => {
  const { key, cert } = await makeSelfSigned();
  const server = await listen(createTlsServer({ key, cert }, () => {}));
  expect(await check(server, { scheme: "https" })).toMatchObject({
    isUp: false,
    kind: "network",
    problem: expect.stringMatching(/signed by nobody that is trusted here/),
  });
});

test("one that is called off has found nothing", async () => {
  const stop = new AbortController();
  const server = await serving(() => stop.abort());
  expect(await check(server, { signal: stop.signal })).toBeNull();
});
