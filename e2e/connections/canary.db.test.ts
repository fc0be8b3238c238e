import { readFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readFolder } from "#e2e/support/folder-files.ts";
import { poll } from "#e2e/support/poll.ts";
import { seedTenant } from "#e2e/support/seed-tenant.ts";
import { startServer, type TestServer } from "#e2e/support/server.ts";
import { makeTempFolder, removeTempFolder } from "#e2e/support/temp-folder.ts";
import { openUpstream, type Upstream } from "#e2e/support/upstream.ts";
import {
  answerAnyWire,
  answerError,
  answerStream,
  answerText,
  beginStream,
  TEXT_CHUNKS,
  writeEvent,
} from "#e2e/support/upstream-answers.ts";
import { deriveAppUrl } from "#lib/composition/database-urls.ts";
import { findRunningPostgres } from "#lib/db/embedded/find-running.ts";
import { CANARY, findTraces } from "./support/canary.ts";
import { connect, publish, ref } from "./support/tenant.ts";

const MESSAGES = [{ role: "user", content: "Hello" }];
/** What a careless provider says of a key that it does not like. */
const ECHO = `Incorrect API key: ${CANARY} (${Buffer.from(CANARY).toString("base64")}, ${Buffer.from(CANARY).toString("hex")}).`;

test.each([
  ["plain", CANARY],
  ["in JSON", JSON.stringify({ key: CANARY })],
  ["as a log has a body", JSON.stringify({ body: JSON.stringify({ key: CANARY }) })],
  ["in hex", `\\x${Buffer.from(`{"apiKey":${JSON.stringify(CANARY)}}`).toString("hex")}`],
  ["in base64 behind one byte", Buffer.from(`:${CANARY}`).toString("base64")],
  ["in base64 behind two bytes", Buffer.from(`::${CANARY}`).toString("base64")],
  ["cut off", CANARY.slice(0, 24)],
])("the search finds the canary %s: it would not pass for want of looking", (_, text) => {
  expect(findTraces(`before ${text} after`)).not.toEqual([]);
});

/** `npm start` as a newcomer has it, so that its files can be searched too. */
describe("a key that was entered", () => {
  let dataFolder: string;
  let upstream: Upstream;
  let server: TestServer;
  let apiKey: string;
  /** Everything that the management API and the data plane ever answered. */
  const answers: string[] = [];
  const lines: string[] = [];

  const env = () => ({
    ...upstream.environment(),
    LOG_LEVEL: "trace",
    SWITCHYARD_EGRESS_ALLOW: "127.0.0.1",
    SWITCHYARD_BREAKER_MIN_VOLUME: "1000000",
  });
  async function ownerUrl(): Promise<string> {
    const { databasePassword } = JSON.parse(await readFile(path.join(dataFolder, "secrets.json"), "utf8"));
    return (await findRunningPostgres(dataFolder, databasePassword)) ?? expect.fail("The database does not run.");
  }

  beforeAll(async () => {
    dataFolder = await makeTempFolder("canary");
    upstream = await openUpstream();
    server = await startServer({ mount: "node", dataFolder, env: env() });
    ({ apiKey } = await seedTenant(deriveAppUrl(await ownerUrl()), "acme"));
  });
  afterAll(async () => {
    await server?.stop();
    await upstream?.close();
    await removeTempFolder(dataFolder);
  });

  async function send(method: string, url: string, body?: unknown): Promise<Response> {
    const response = await fetch(`${server.baseUrl}${url}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    answers.push(`${text}\n${JSON.stringify([...response.headers])}`);
    return new Response(text, { status: response.status });
  }
  const manage = (method: string, url: string, body?: unknown) => send(method, `/api/tenants/acme${url}`, body);
  const chat = (part: object = {}) =>
    send("POST", "/v1/chat/completions", { model: "email-classification", messages: MESSAGES, ...part });
  const fields = () => ({ apiKey: CANARY, baseUrl: upstream.baseUrl("ours") });

  /** Whatever is there to be searched, by where it is. */
  async function search(): Promise<Record<string, string[]>> {
    lines.push(...server.lines);
    const found: Record<string, string[]> = {
      answers: findTraces(answers.join("\n")),
      log: findTraces(lines.join("\n")),
      metrics: findTraces(await (await fetch(`${server.baseUrl}/metrics`)).text()),
    };
    for (const [table, dump] of Object.entries(await dumpDatabase(await ownerUrl()))) found[table] = findTraces(dump);
    Object.assign(found, await searchFiles(dataFolder));
    return Object.fromEntries(Object.entries(found).filter(([, traces]) => traces.length > 0));
  }

  test("is nowhere after it was saved, refused, tested, used with success and replaced", async () => {
    upstream.on("ours", answerAnyWire());
    const made = await connect({ manage }, { provider: "openai", name: "Ours", fields: fields() });
    await publish({ manage }, { chain: [ref("openai", "gpt-6-luna")] });
    expect((await chat()).status).toBe(200);
    expect(upstream.calls.at(-1)?.headers.authorization).toBe(`Bearer ${CANARY}`);
    await manage("GET", "/connections");
    await manage("GET", `/connections/${made.id}`);
    const wrong = { ...fields(), baseUrl: "http://10.0.0.1/v1" };
    expect((await manage("POST", "/connections", { provider: "openai", name: "Wrong", fields: wrong })).status).toBe(
      400,
    );
    expect((await manage("POST", "/connections", { provider: "openai", name: 7, fields: fields() })).status).toBe(400);
    expect((await manage("POST", "/connections", { provider: CANARY, name: "x", fields: [CANARY] })).status).toBe(400);
    await manage("PUT", `/connections/${made.id}/secrets`, { secrets: { apiKey: CANARY } });
    await manage("PUT", `/connections/${made.id}`, { fields: { apiKey: CANARY } });
    await manage("POST", "/connections/test", { provider: "openai", fields: fields() });
    await manage("POST", "/connections/test", { id: made.id });
    await manage("POST", `/connections/${made.id}/discover`, {});
    expect(await search()).toEqual({});
  });

  test.each([
    ["a 401 that repeats it", answerError(401, { message: ECHO, code: CANARY, param: CANARY })],
    ["a 500 that repeats it", answerError(500, { message: `${"x".repeat(980)} ${ECHO}` })],
    ["a 400 that repeats it", answerError(400, { message: { nested: ECHO } })],
    ["a page that repeats it", answerText(502, "text/html", `<h1>${ECHO}</h1>`)],
    [
      "an error in a stream",
      answerStream([TEXT_CHUNKS[1], { error: { message: ECHO, code: "server_error" } }], "silent"),
    ],
    ["a cut stream", answerStream(TEXT_CHUNKS.slice(0, 2), "cut")],
    [
      "a header that repeats it",
      answerText(403, "application/json", "{}", { "x-request-id": CANARY, "retry-after": CANARY }),
    ],
  ])("is nowhere after its provider answered with %s", async (_, script) => {
    upstream.on("ours", script);
    for (const part of [{}, { stream: true }]) {
      await (await chat(part)).text();
      await send("POST", "/v1/responses", { model: "email-classification", input: "Hello", ...part });
    }
    const { data } = (await (await manage("GET", "/connections")).json()) as { data: { id: string }[] };
    await manage("POST", "/connections/test", { id: data[0]?.id });
    await manage("POST", "/connections/test", { provider: "openai", fields: fields() });
    await manage("POST", `/connections/${data[0]?.id}/discover`, {});
    await manage("GET", "/invocations");
    await manage("GET", "/connections");
    expect(await search()).toEqual({});
  });

  test("is nowhere after a crash in the middle of a call, and works on afterwards", async () => {
    upstream.on("ours", (response) => {
      beginStream(response);
      writeEvent(response, TEXT_CHUNKS[1]);
    });
    const before = upstream.calls.length;
    const underWay = chat({ stream: true }).catch(() => null);
    await poll("the call to reach its provider", 5_000, () => upstream.calls[before] ?? null);
    lines.push(...server.lines);
    await server.kill();
    await underWay;
    expect(Object.entries(await searchFiles(dataFolder)).filter(([, traces]) => traces.length > 0)).toEqual([]);
    server = await startServer({ mount: "node", dataFolder, env: env() });
    upstream.on("ours", answerAnyWire());
    expect((await chat()).status).toBe(200);
    expect(upstream.calls.at(-1)?.headers.authorization).toBe(`Bearer ${CANARY}`);
    expect(await search()).toEqual({});
  });
});

/** Every table as text, bytes as hex: what `pg_dump` would write. */
async function dumpDatabase(url: string): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("CHECKPOINT");
    const { rows } = await client.query<{ name: string }>(
      `SELECT oid::regclass::text AS name FROM pg_class WHERE relkind IN ('r', 'p')
         AND relnamespace = 'public'::regnamespace`,
    );
    const dumps: Record<string, string> = {};
    for (const { name } of rows) {
      const { rows: all } = await client.query<{ line: string }>(`SELECT t::text AS line FROM ${name} t`);
      dumps[name] = all.map(({ line }) => line).join("\n");
    }
    expect(dumps.connection).toContain("\\x01");
    return dumps;
  } finally {
    await client.end();
  }
}

/** The data folder's files: the database's own, its log, the spool, the secrets. */
async function searchFiles(folder: string): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for await (const [file, bytes] of readFolder(folder)) found[path.relative(folder, file)] = findTraces(bytes);
  expect(Object.keys(found).some((file) => file.includes("pg_wal"))).toBe(true);
  return found;
}
