import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { makeSelfSigned } from "#e2e/faults/upstream/self-signed.ts";
import { chunk, completion, USAGE } from "#e2e/support/upstream-answers.ts";
import { type EgressRule, PUBLIC } from "#lib/egress/rule.ts";
import { findProviderEntry, type ProviderEntry } from "../registry/index.ts";
import { createTransport, type EgressTransport } from "../transport.ts";
import type { ProbeReport, ProbeStepId, WantedModel } from "./contract.ts";
import { createProbe } from "./index.ts";

const KEY = "sk-canary-of-the-probe-0123456789";
const LOCAL = { hosts: ["localhost"], networks: ["127.0.0.1/32"] };
const NO_WISH: WantedModel = { named: null, candidates: [] };

let server: Server;
let transport: EgressTransport;
let seen: { url: string; headers: IncomingMessage["headers"] }[];
/** By path; what is not here is a 404 as OpenAI's wire has it. */
let answers: Record<string, (response: ServerResponse, body: string) => void>;

const listener: RequestListener = async (request, response) => {
  let body = "";
  for await (const piece of request) body += piece;
  const { pathname } = new URL(request.url ?? "/", "http://x");
  seen.push({ url: pathname, headers: request.headers });
  (answers[pathname] ?? json(404, { error: { message: "There is nothing here." } }))(response, body);
};

beforeEach(async () => {
  seen = [];
  answers = {};
  server = await listen(createServer(listener));
});
afterEach(async () => {
  await transport.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function listen<Kind extends Server>(one: Kind): Promise<Kind> {
  one.listen(0, "127.0.0.1");
  await once(one, "listening");
  return one;
}
const json = (status: number, body: unknown) => (response: ServerResponse) => {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
};
const chats = (response: ServerResponse, body: string) => {
  if (JSON.parse(body).stream !== true) return json(200, completion("OK"))(response);
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const data of [chunk({ content: "OK" }), chunk({}, "stop"), { ...chunk({}), choices: [], usage: USAGE }]) {
    response.write(`data: ${JSON.stringify(data)}\n\n`);
  }
  response.end("data: [DONE]\n\n");
};
const lists = (...ids: string[]) =>
  json(200, { object: "list", data: ids.map((id) => ({ id, max_model_len: 8_192 })) });

interface Asked {
  provider?: string;
  wanted?: WantedModel;
  allow?: typeof LOCAL;
  rule?: EgressRule;
  timeoutMs?: number;
  host?: string;
  scheme?: string;
  path?: string;
}

function open({ provider = "vllm", allow = LOCAL, rule = PUBLIC, timeoutMs = 2_000, ...asked }: Asked) {
  const { host = "127.0.0.1", scheme = "http", path = "/v1" } = asked;
  transport = createTransport({ allow });
  const guard = { allow, resolve: async () => [{ address: "127.0.0.1", family: 4 }] };
  const probe = createProbe({ transport, guard, timeoutMs });
  const { port } = server.address() as AddressInfo;
  const entry = findProviderEntry(provider) as ProviderEntry;
  const account = { entry, baseUrl: `${scheme}://${host}:${port}${path}`, fields: { apiKey: KEY } };
  return { probe, target: { account, rule, tenantId: "t", connectionId: null, regions: [] } };
}

async function probeIt(asked: Asked = {}): Promise<ProbeReport> {
  const { probe, target } = open(asked);
  const report = await probe.test(target, asked.wanted ?? NO_WISH);
  expect(JSON.stringify(report)).not.toContain(KEY);
  return report;
}
const statuses = ({ steps }: ProbeReport) => steps.map(({ status }) => status);
const message = ({ steps }: ProbeReport, step: ProbeStepId) => steps.find((one) => one.step === step)?.message ?? "";

test("a server that is well passes every step but TLS, which plain HTTP has none of", async () => {
  answers = { "/v1/models": lists("llama-3"), "/v1/chat/completions": chats };
  const report = await probeIt();
  expect(statuses(report)).toEqual(["passed", "skipped", "passed", "passed", "passed", "passed"]);
  expect(report).toMatchObject({ model: "llama-3", models: [{ id: "llama-3", contextTokens: 8_192 }] });
  expect(seen.map(({ url }) => url)).toEqual(["/v1/models", "/v1/chat/completions", "/v1/chat/completions"]);
  expect(seen.every(({ headers }) => headers.authorization === `Bearer ${KEY}`)).toBe(true);
});

test("Ollama is asked in its own words", async () => {
  answers = { "/api/tags": json(200, { models: [{ name: "qwen3:latest" }] }), "/v1/chat/completions": chats };
  const report = await probeIt({ provider: "ollama", wanted: { named: "qwen3", candidates: [] } });
  expect(statuses(report).slice(2)).toEqual(["passed", "passed", "passed", "passed"]);
  expect(report.models).toEqual([{ id: "qwen3:latest", contextTokens: null }]);
});

test("what Ollama only passes on to a cloud is none of its models", async () => {
  const own = { name: "qwen3:latest", remote_host: "" };
  const passedOn = ["gpt-oss:20b-cloud", "ours"].map((name) => ({ name, remote_host: "https://ollama.com:443" }));
  answers = { "/api/tags": json(200, { models: [...passedOn, own] }), "/v1/chat/completions": chats };
  const report = await probeIt({ provider: "ollama" });
  expect(report).toMatchObject({ model: "qwen3:latest", models: [{ id: "qwen3:latest" }] });
});

test("a key that is refused stops it there, and what the server says of it is shown without the key", async () => {
  const says = `Incorrect key ${KEY} (${Buffer.from(KEY).toString("base64")}), ${"x".repeat(900)} ${KEY}`;
  answers = { "/v1/models": json(401, { error: { message: says } }) };
  const report = await probeIt();
  expect(statuses(report)).toEqual(["passed", "skipped", "failed", "skipped", "skipped", "skipped"]);
  expect(message(report, "sign-in")).toMatch(
    /^The key is refused: .* It says: “Incorrect key \[key\] \(\[key\]\), x+…”$/,
  );
  expect(message(report, "sign-in").length).toBeLessThan(320);
});

test("a server that lists its models to everybody is found out by the first call", async () => {
  answers = { "/v1/models": lists("m"), "/v1/chat/completions": json(401, { error: { message: "No." } }) };
  const report = await probeIt();
  expect(statuses(report)).toEqual(["passed", "skipped", "failed", "passed", "skipped", "skipped"]);
});

test("a key that may call but not list passes", async () => {
  answers = { "/v1/models": json(403, { error: { message: "Missing scopes" } }), "/v1/chat/completions": chats };
  const report = await probeIt({ provider: "groq", wanted: { named: null, candidates: ["oss"] } });
  expect(statuses(report).slice(2)).toEqual(["passed", "passed", "passed", "passed"]);
  expect(report).toMatchObject({ model: "oss", models: null });
});

test("a model that the server lacks is named with those that it has", async () => {
  answers = { "/v1/models": lists("a", "b", "c", "d", "e", "f", "g") };
  const report = await probeIt({ wanted: { named: "gpt-9", candidates: [] } });
  expect(statuses(report).slice(3)).toEqual(["failed", "skipped", "skipped"]);
  expect(message(report, "models")).toBe("The server does not have gpt-9. It has a, b, c, d, e and 2 more.");
});

test("of what a server has, one is tried that holds a conversation, best one that was asked for", async () => {
  answers = { "/v1/models": lists("text-embed", "b", "c"), "/v1/chat/completions": chats };
  expect(await probeIt()).toMatchObject({ model: "b" });
  expect(await probeIt({ wanted: { named: null, candidates: ["x", "c"] } })).toMatchObject({ model: "c" });
});

test.each<[string, (response: ServerResponse) => void, RegExp]>([
  ["a page", (r) => r.writeHead(200, { "content-type": "text/html" }).end("<h1>Hi</h1>"), /not one of this API/],
  [
    "a redirect",
    (r) => r.writeHead(302, { location: "http://169.254.169.254/" }).end(),
    /redirect, which is not followed/,
  ],
])("%s in place of an answer says what to check", async (_, answer, says) => {
  answers = { "/v1/models": lists("m"), "/v1/chat/completions": answer };
  const report = await probeIt();
  expect(message(report, "completion")).toMatch(says);
});

test("a page in place of the models of one's own server is told at once", async () => {
  answers = { "/v1/models": (r) => r.writeHead(200, { "content-type": "text/html" }).end("<h1>Hi</h1>") };
  const report = await probeIt();
  expect(statuses(report).slice(2)).toEqual(["failed", "skipped", "skipped", "skipped"]);
  expect(message(report, "sign-in")).toMatch(/base URL/);
});

test("a redirect in place of the models is told at once, and followed nowhere", async () => {
  const elsewhere: (response: ServerResponse) => void = (response) =>
    response.writeHead(302, { location: "/elsewhere" }).end();
  for (const provider of ["vllm", "groq"]) {
    answers = { "/v1/models": elsewhere };
    const report = await probeIt({ provider });
    expect(statuses(report).slice(2)).toEqual(["failed", "skipped", "skipped", "skipped"]);
    expect(message(report, "sign-in")).toMatch(/redirect, which is not followed/);
  }
  expect(seen.map(({ url }) => url)).toEqual(["/v1/models", "/v1/models"]);
});

test("an address without its end is told as such, and nothing is said of a key that nobody looked at", async () => {
  answers = { "/v1/models": lists("m") };
  const report = await probeIt({ path: "" });
  expect(statuses(report).slice(2)).toEqual(["skipped", "failed", "skipped", "skipped"]);
  expect(message(report, "models")).toMatch(/ends in \/v1/);
});

test("a stream that is cut is no success", async () => {
  const cut = (response: ServerResponse, body: string) => {
    if (JSON.parse(body).stream !== true) return json(200, completion("OK"))(response);
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(`data: ${JSON.stringify(chunk({ content: "O" }))}\n\n`, () => response.destroy());
  };
  answers = { "/v1/models": lists("m"), "/v1/chat/completions": cut };
  const report = await probeIt();
  expect(statuses(report).slice(4)).toEqual(["passed", "failed"]);
  expect(message(report, "stream")).toMatch(/broke off|closed the connection/);
});

test("silence ends a step after its time", async () => {
  answers = { "/v1/models": lists("m"), "/v1/chat/completions": () => {} };
  const report = await probeIt({ timeoutMs: 300 });
  expect(statuses(report).slice(3)).toEqual(["passed", "failed", "skipped"]);
  expect(message(report, "completion")).toMatch(/No answer came within 0.3 s/);
});

test("an endless answer is given up", async () => {
  const endless = (response: ServerResponse) => {
    response.writeHead(200, { "content-type": "application/json" });
    const more = () => {
      while (!response.destroyed && response.write("[".repeat(65_536))) {}
    };
    response.on("drain", more);
    more();
  };
  answers = { "/v1/models": endless };
  const report = await probeIt({ timeoutMs: 20_000 });
  expect(statuses(report)[2]).toBe("failed");
  expect(message(report, "sign-in")).toMatch(/not one of this API/);
});

describe("where it may not go, nothing is sent", () => {
  const closed = { hosts: ["localhost"], networks: [] as string[] };

  test.each<[string, Asked]>([
    ["an address that the operator has not allowed", { allow: { ...closed, hosts: [] } }],
    ["a host whose name leads to one", { allow: { ...closed, hosts: [] }, host: "inside.example.com" }],
    [
      "a host that a rule does not list",
      { rule: { kind: "listed", name: "self-hosted mode", hosts: [], networks: ["0.0.0.0/0"], enteredBy: "tenant" } },
    ],
  ])("%s", async (_, asked) => {
    const report = await probeIt(asked);
    expect(statuses(report)).toEqual(["failed", "skipped", "skipped", "skipped", "skipped", "skipped"]);
    expect(message(report, "address")).toMatch(/^The egress rule .* refuses this connection: .* Ask the operator/);
    expect(seen).toEqual([]);
  });
});

describe("over TLS", () => {
  test("a certificate that nobody vouches for is told with its mend", async () => {
    server.close();
    server = (await listen(createTlsServer(makeSelfSigned(), listener))) as unknown as Server;
    const report = await probeIt({ scheme: "https" });
    expect(statuses(report)).toEqual(["passed", "failed", "skipped", "skipped", "skipped", "skipped"]);
    expect(message(report, "tls")).toMatch(/signed by nobody that is trusted here/);
    expect(seen).toEqual([]);
  });

  test("a port without TLS is told as such", async () => {
    const report = await probeIt({ scheme: "https" });
    expect(statuses(report).slice(0, 2)).toEqual(["passed", "failed"]);
    expect(message(report, "tls")).toMatch(/no TLS at this port/);
  });
});

test("a port that nobody serves is told with the address", async () => {
  const { probe, target } = open({});
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  const report = await probe.test(target, NO_WISH);
  expect(message(report, "address")).toMatch(/Nothing listens at this address/);
  server = await listen(createServer(listener));
});

test("discovery answers what a server has, or why not", async () => {
  answers = { "/v1/models": json(200, [{ id: "bare" }, { id: "two words" }, { id: "bare" }, 7]) };
  const { probe, target } = open({});
  expect(await probe.listModels(target)).toEqual({ models: [{ id: "bare", contextTokens: null }], problem: null });
  answers = {};
  expect(await probe.listModels(target)).toMatchObject({
    models: null,
    problem: expect.stringContaining("does not know"),
  });
  const account = { ...target.account, entry: findProviderEntry("google") as ProviderEntry };
  expect(await probe.listModels({ ...target, account })).toMatchObject({ problem: expect.stringContaining("Gemini") });
});
