import { randomBytes } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { makeInvocation } from "#e2e/isolation/support/gateway.ts";
import { contextOf, makeTenant, type Opened, openTestDatabase } from "#e2e/isolation/support/tenants.ts";
import { type ModelServer, openModelServer } from "#e2e/support/model-server.ts";
import { startServer, type TestServer } from "#e2e/support/server.ts";
import { CALLS } from "#lib/api-description/calls/calls.ts";
import { HEADERS_OF } from "#lib/api-description/calls/headers.ts";
import { buildDocument } from "#lib/api-description/document/build.ts";
import type { DescribedOperation } from "#lib/api-description/document/document.ts";
import { ERROR_SCHEMAS } from "#lib/api-description/document/shared.ts";
import { INSTANCE_OPERATIONS } from "#lib/api-description/instance.ts";
import { RESOURCES } from "#lib/api-description/management/index.ts";
import { insertRows } from "#lib/ledger/insert-rows.ts";
import { toRow } from "#lib/ledger/record-row.ts";
import { createApiKey } from "#lib/services/api-keys/create.ts";
import { API_KEY_SCOPES } from "#lib/services/permissions.ts";
import { readCurl } from "./support/read-curl.ts";

const OPERATIONS = RESOURCES.flatMap((resource) => resource.operations);
const SAMPLES = new Map(
  Object.values(buildDocument().paths).flatMap((methods) =>
    Object.values(methods).map((described) => [described.operationId, sampleOf(described)]),
  ),
);

/** Examples that go on from what others have left. */
const AFTER: Readonly<Record<string, string>> = {
  discardRouteDraft: "saveRouteDraft",
  publishRouteDraft: "saveRouteDraft",
  rollBackRoute: "changeMode",
};

let opened: Opened;
let server: TestServer;
let modelServer: ModelServer;

beforeAll(async () => {
  opened = await openTestDatabase();
  modelServer = await openModelServer(["local-model"], null);
  const { ownerUrl, appUrl } = opened.test;
  const env = { DATABASE_URL: ownerUrl, DATABASE_APP_URL: appUrl, SWITCHYARD_EGRESS_ALLOW: "127.0.0.1" };
  server = await startServer({ mount: "next", env });
});
afterAll(async () => {
  await server?.stop();
  await modelServer?.close();
  await opened.close();
});

function sampleOf(described: DescribedOperation): string {
  return described["x-codeSamples"].map(({ source }) => source).join("\n");
}

/** What tells whether a body is the error that is described. */
function checkerOf(name: keyof typeof ERROR_SCHEMAS): z.ZodType {
  return z.fromJSONSchema(ERROR_SCHEMAS[name] as z.core.JSONSchema.JSONSchema);
}

interface Reader {
  slug: string;
  variables: Record<string, string>;
}

/** A tenant as new as the demo one, and a key of it. */
async function openReader(): Promise<Reader> {
  const slug = `reader-${randomBytes(6).toString("hex")}`;
  const tenant = await makeTenant(opened.database, slug);
  const input = { name: "Reader's", scopes: [...API_KEY_SCOPES], canCallModels: true };
  const key = await createApiKey(contextOf(opened.database, tenant), input);
  const record = makeInvocation({ id: uuidv7(), tenantId: tenant.tenantId, createdAtMs: Date.now() });
  await insertRows(opened.database, tenant.tenantId, [toRow(record)]);
  const ids = { API_KEY_ID: key.id, INVOCATION_ID: record.id };
  return { slug, variables: { SWITCHYARD_URL: server.baseUrl, SWITCHYARD_API_KEY: key.secret, ...ids } };
}

/** Runs an operation's sample as a reader would who has put in their tenant and ids. */
async function run(id: string, { slug, variables }: Reader) {
  const line = (SAMPLES.get(id) ?? "").replace("/api/tenants/demo/", `/api/tenants/${slug}/`);
  const { url, method, headers, body } = readCurl(line, variables);
  return fetch(url, { method, headers, body });
}

/** Besides that, a connection to a server that answers. */
async function addConnection(reader: Reader): Promise<void> {
  const response = await fetch(`${server.baseUrl}/api/tenants/${reader.slug}/connections`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${reader.variables.SWITCHYARD_API_KEY}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ provider: "vllm", name: "Local", fields: { baseUrl: modelServer.baseUrl } }),
  });
  expect(response.status).toBe(201);
  const { id } = (await response.json()) as { id: string };
  reader.variables.CONNECTION_ID = id;
}

describe.each(OPERATIONS)("$id", ({ id, status = 200, answer, permission }) => {
  test("its example does as it stands, and the answer is what is described, to the last field", async () => {
    const reader = await openReader();
    await addConnection(reader);
    const before = AFTER[id];
    if (before !== undefined) expect((await run(before, reader)).ok).toBe(true);
    const response = await run(id, reader);
    const body: unknown = await response.json();
    expect({ status: response.status, body }).toMatchObject({ status });
    expect(answer.parse(body)).toEqual(body);
  });

  test("it is refused for want of the permission that is described", async () => {
    const tenant = await makeTenant(opened.database, `caller-${randomBytes(6).toString("hex")}`);
    const context = contextOf(opened.database, tenant);
    const { secret } = await createApiKey(context, { name: "Caller's", scopes: ["gateway:invoke"] });
    const none = { API_KEY_ID: "none", INVOCATION_ID: "none", CONNECTION_ID: "none" };
    const variables = { SWITCHYARD_URL: server.baseUrl, SWITCHYARD_API_KEY: secret, ...none };
    const response = await run(id, { slug: tenant.slug, variables });
    const body = (await response.json()) as { error: { message: string } };
    expect(response.status).toBe(403);
    expect(body.error.message).toContain(`the permission ${permission}.`);
    expect(checkerOf("Error").safeParse(body).error).toBeUndefined();
  });
});

describe.each(CALLS)("$id", ({ id, answers, errors }) => {
  test("its example is answered, with headers that are described", async () => {
    const response = await run(id, await openReader());
    expect({ status: response.status, text: await response.text() }).toMatchObject({ status: 200 });
    const ours = [...response.headers.keys()].filter((name) => name.startsWith("x-switchyard-"));
    expect(ours.filter((name) => !HEADERS_OF[answers].some((described) => described === name))).toEqual([]);
    expect(ours).toContain("x-switchyard-invocation-id");
  });

  test("it is refused in the shape that is described", async () => {
    const reader = await openReader();
    const response = await run(id, { ...reader, variables: { ...reader.variables, SWITCHYARD_API_KEY: "sy_none" } });
    expect(response.status).toBe(401);
    const body: unknown = await response.json();
    const checker = checkerOf(errors === "openai" ? "OpenAiError" : "AnthropicError");
    expect(checker.safeParse(body).error).toBeUndefined();
    expect(body).toMatchObject({ error: { code: "invalid_api_key" } });
    expect(response.headers.get("x-should-retry")).toBe("false");
  });
});

test.each(INSTANCE_OPERATIONS)("$id: everybody gets what is described", async ({ id, answer }) => {
  const response = await run(id, { slug: "", variables: { SWITCHYARD_URL: server.baseUrl } });
  expect(response.status).toBe(200);
  const body: unknown = await response.json();
  expect(answer.parse(body)).toEqual(body);
});

test("the description is served as it was built, the same for everybody, and may be kept for a while", async () => {
  const response = await fetch(`${server.baseUrl}/api/openapi.json`);
  expect(response.headers.get("content-type")).toContain("application/json");
  expect(response.headers.get("cache-control")).toBe("public, max-age=300");
  expect(await response.json()).toEqual(JSON.parse(JSON.stringify(buildDocument())));
});
