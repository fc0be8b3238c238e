import { once } from "node:events";
import { connect } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type GatewayUnderTest, MOUNTS, openGateway } from "#e2e/support/gateway.ts";
import { HOSTILE_BODIES } from "#e2e/support/hostile-bodies.ts";
import { RICH_BODIES } from "#e2e/support/rich-bodies.ts";
import { answerAnyWire } from "#e2e/support/upstream-answers.ts";

/** What a call may be answered with, whatever it was. Never 500: that would be a fault of ours. */
const HONEST = new Set([200, 400, 401, 403, 404, 405, 413, 422, 429, 431, 502, 504]);
const PATIENCE_MS = 20_000;
/** Each address once. */
const PATHS = [...new Map(RICH_BODIES.map((one) => [one.path, one])).values()];

describe.each(MOUNTS)("hostile input over the %s mount", (mount) => {
  let gateway: GatewayUnderTest;

  beforeAll(async () => {
    gateway = await openGateway(mount);
    for (const provider of ["openai", "anthropic", "google", "mistral", "groq", "azure-openai"]) {
      gateway.upstream.on(provider, answerAnyWire());
    }
  });
  afterAll(() => gateway?.close());

  const post = (path: string, body: string | Uint8Array, headers: Record<string, string> = {}) =>
    fetch(`${gateway.baseUrl}${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${gateway.apiKey}`, "content-type": "application/json", ...headers },
      body: body as BodyInit,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });

  async function statusOf(path: string, body: string | Uint8Array, headers?: Record<string, string>): Promise<number> {
    const response = await post(path, body, headers);
    const text = await response.text();
    if (response.status !== 200) expect(JSON.parse(text).error, text).toBeDefined();
    return response.status;
  }

  test.each(HOSTILE_BODIES)("%s is answered honestly, at every address", async (_, make) => {
    for (const { path, body } of PATHS) {
      const status = await statusOf(path, make(JSON.stringify(body)));
      expect(HONEST, path).toContain(status);
    }
  });

  test.each(RICH_BODIES)(
    "$path: any field of any value is answered honestly ($model)",
    async ({ path, body, model }) => {
      const statuses = new Set<number>();
      await fc.assert(
        fc.asyncProperty(mutationOf({ ...body, model }), async (mutated) => {
          const status = await statusOf(path, JSON.stringify(mutated));
          statuses.add(status);
          return HONEST.has(status);
        }),
        { seed: 20_261_124, numRuns: 100 },
      );
      // Some of it gets through and some is refused, or nothing was tried.
      expect([...statuses]).toEqual(expect.arrayContaining([200, 400]));
    },
  );

  test("a flood of headers is refused, and the next call is answered", async () => {
    const many = Object.fromEntries(Array.from({ length: 1_500 }, (_, at) => [`x-h-${at}`, "v".repeat(50)]));
    const response = await post("/v1/chat/completions", "{}", many).catch(() => null);
    expect([null, 400, 431]).toContain(response?.status ?? null);
    expect(await statusOf("/v1/models", "{}")).toBe(405);
  });

  test.each([
    ["x-switchyard-function", "../../admin"],
    ["x-switchyard-function", "a".repeat(5_000)],
    ["x-switchyard-metadata", `{"a":"${"b".repeat(5_000)}"}`],
    ["x-switchyard-metadata", `${"[".repeat(5_000)}`],
    ["x-switchyard-delivery", "sometimes"],
    ["x-request-id", "r".repeat(5_000)],
    ["x-stainless-timeout", "-1"],
    ["x-stainless-timeout", "NaN"],
    ["content-encoding", "gzip"],
    ["authorization", `Bearer ${"sy_".repeat(2_000)}`],
    ["anthropic-version", "never"],
  ])("the header %s: %.30s is answered honestly", async (name, value) => {
    for (const { path, body } of PATHS) {
      expect(HONEST).toContain(await statusOf(path, JSON.stringify(body), { [name]: value }));
    }
  });

  test("a body that never ends holds up nobody, and goes with its caller", async () => {
    const { port } = new URL(gateway.baseUrl);
    const socket = connect(Number(port), "localhost");
    await once(socket, "connect");
    const head = ["POST /v1/chat/completions HTTP/1.1", "host: x", "content-type: application/json"];
    socket.write(
      `${head.join("\r\n")}\r\nauthorization: Bearer ${gateway.apiKey}\r\ncontent-length: 1000\r\n\r\n{"mod`,
    );
    expect(await statusOf("/v1/chat/completions", "{}")).toBe(400);
    socket.destroy();
    expect(await statusOf("/v1/chat/completions", "{}")).toBe(400);
  });

  test.each([
    ["a length that is no number", "content-length: many"],
    ["two lengths", "content-length: 2\r\ncontent-length: 3"],
    ["a length and chunks", "content-length: 2\r\ntransfer-encoding: chunked"],
    ["chunks that are none", "transfer-encoding: chunked\r\n\r\nzz"],
    ["a header without a name", ": x"],
  ])("%s is a bad request", async (_, header) => {
    const { port } = new URL(gateway.baseUrl);
    const socket = connect(Number(port), "localhost");
    socket.write(`POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\n${header}\r\n\r\n{}`);
    const [answer] = (await once(socket, "data")) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 4/);
    socket.destroy();
    expect(await statusOf("/v1/chat/completions", "{}")).toBe(400);
  });
});

/** A body with one of its values, however deep, replaced by another, or taken out, or with one more field. */
function mutationOf(body: Record<string, unknown>): fc.Arbitrary<unknown> {
  const paths = pathsOf(body).filter(([first]) => first !== "model");
  const odd = fc.oneof(
    fc.constantFrom(null, "", 0, -1, 1e308, true, [], {}, [[]], [null], "\ud800", "\u0000", "data:,", "9".repeat(400)),
    fc.jsonValue({ maxDepth: 3 }),
  );
  return fc
    .record({ path: fc.constantFrom(...paths), value: fc.option(odd, { nil: undefined }) })
    .map(({ path, value }) => {
      const copy = structuredClone(body);
      replace(copy, path, value);
      return copy;
    });
}

function pathsOf(value: unknown, prefix: readonly string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => [[...prefix, key], ...pathsOf(one, [...prefix, key])]);
}

// biome-ignore lint/suspicious/noExplicitAny: whatever lies on the way.
function replace(target: any, path: readonly string[], value: unknown): void {
  const [first = "", ...rest] = path;
  if (rest.length > 0) replace(target[first], rest, value);
  else if (value === undefined) delete target[first];
  else target[first] = value;
}
