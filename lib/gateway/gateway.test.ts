import { describe, expect, test } from "vitest";
import { answering, CHAT_BODY, failing } from "#e2e/isolation/support/engine.ts";
import { makePrincipal, makeSnapshot } from "#e2e/isolation/support/gateway.ts";
import { INVOCATION_ID, makeGatewayCall, makePorts, textOf } from "#e2e/isolation/support/gateway-call.ts";
import type { GatewayCall } from "./contract/call.ts";
import { GatewayError } from "./errors.ts";
import { createGateway } from "./gateway.ts";
import type { GatewayPorts } from "./ports.ts";

const OK = { small: [answering('{"ok":true}')] };

function gatewayWith(part: Partial<GatewayPorts> = {}) {
  const ports = makePorts(OK, part);
  return { ...createGateway(ports), ports };
}

describe("a call that is refused keeps the wire's shape, and says how often a target was tried", () => {
  const none = async () => new Uint8Array();
  const tooLarge = () => Promise.reject(new GatewayError("request_too_large", "Too large."));
  const cutOff = () => Promise.reject(new GatewayError("client_closed_request", "Cut off."));
  test.each<[string, GatewayCall, number, string]>([
    ["no key", makeGatewayCall(CHAT_BODY, { authorization: "" }), 401, "invalid_api_key"],
    ["an unknown key", makeGatewayCall(CHAT_BODY, { authorization: "Bearer sy_bad" }), 401, "invalid_api_key"],
    [
      "somebody else's kind of key",
      makeGatewayCall(CHAT_BODY, { authorization: "Bearer sk-1" }),
      401,
      "invalid_api_key",
    ],
    ["an unknown path", makeGatewayCall(CHAT_BODY, {}, { path: "/v1/chat/completions/" }), 404, "not_found"],
    ["a path that every object has", makeGatewayCall(CHAT_BODY, {}, { path: "constructor" }), 404, "not_found"],
    ["the wrong method", makeGatewayCall(CHAT_BODY, {}, { method: "GET" }), 405, "method_not_allowed"],
    ["an empty body", makeGatewayCall(CHAT_BODY, {}, { readBody: none }), 400, "invalid_request"],
    ["a body that is too large", makeGatewayCall(CHAT_BODY, {}, { readBody: tooLarge }), 413, "request_too_large"],
    ["a body that is cut off", makeGatewayCall(CHAT_BODY, {}, { readBody: cutOff }), 499, "client_closed_request"],
    ["a body that is compressed", makeGatewayCall(CHAT_BODY, { "content-encoding": "gzip" }), 400, "invalid_request"],
    ["an unknown function", makeGatewayCall({ ...CHAT_BODY, model: "nope" }), 404, "function_not_found"],
    ["wrong metadata", makeGatewayCall(CHAT_BODY, { "x-switchyard-metadata": "x" }), 400, "invalid_request"],
    [
      "a way of delivery nobody knows",
      makeGatewayCall(CHAT_BODY, { "x-switchyard-delivery": "x" }),
      400,
      "invalid_request",
    ],
  ])("%s", async (_, call, status, code) => {
    const { handle, ports } = gatewayWith();
    const reply = await handle(call);
    expect(reply.status).toBe(status);
    expect(JSON.parse(await textOf(reply))).toEqual({
      error: { message: expect.any(String), type: expect.any(String), param: expect.toSatisfy(isParam), code },
    });
    expect(reply.headers).toMatchObject({
      "x-switchyard-invocation-id": INVOCATION_ID,
      "x-request-id": INVOCATION_ID,
      "x-switchyard-attempts": "0",
      "x-switchyard-overhead-ms": expect.stringMatching(/^\d+\.\d\d$/),
      "x-should-retry": "false",
      "content-type": "application/json",
    });
    expect(ports.faults).toEqual([]);
    expect(ports.providers.seen).toEqual([]);
  });
});

const isParam = (value: unknown) => value === null || typeof value === "string";

describe("each path speaks its wire, in its errors too", () => {
  const openAi = {
    error: { message: expect.any(String), type: expect.any(String), param: null, code: expect.any(String) },
  };
  const anthropic = {
    type: "error",
    error: { type: "authentication_error", message: expect.any(String), code: "invalid_api_key", param: null },
    request_id: INVOCATION_ID,
  };

  test.each([
    ["/v1/chat/completions", "POST", openAi],
    ["/v1/embeddings", "POST", openAi],
    ["/v1/responses", "POST", openAi],
    ["/v1/messages", "POST", anthropic],
    ["/v1/messages/count_tokens", "POST", anthropic],
    ["/v1/models", "GET", openAi],
    ["/v1/models/triage", "GET", openAi],
  ])("%s", async (path, method, shape) => {
    const reply = await gatewayWith().handle(makeGatewayCall({}, { authorization: "" }, { path, method }));
    expect(reply.status).toBe(401);
    expect(JSON.parse(await textOf(reply))).toEqual(shape);
    const other = method === "POST" ? "GET" : "POST";
    expect((await gatewayWith().handle(makeGatewayCall({}, {}, { path, method: other }))).status).toBe(405);
  });

  test("a path that is nobody's speaks the wire of whose client it is", async () => {
    const nowhere = { path: "/v1/nowhere" };
    const { handle } = gatewayWith();
    const plain = JSON.parse(await textOf(await handle(makeGatewayCall({}, {}, nowhere))));
    expect(plain.error).toMatchObject({ code: "not_found", type: "invalid_request_error" });
    const version = { "anthropic-version": "2023-06-01" };
    const said = JSON.parse(await textOf(await handle(makeGatewayCall({}, version, nowhere))));
    expect(said).toMatchObject({ type: "error", error: { type: "not_found_error", code: "not_found" } });
  });

  test("a wrong method is told the right ones, and who may read may ask for the head alone", async () => {
    const ask = (path: string, method: string) => gatewayWith().handle(makeGatewayCall({}, {}, { path, method }));
    expect((await ask("/v1/messages", "GET")).headers.allow).toBe("POST");
    expect((await ask("/v1/models", "POST")).headers.allow).toBe("GET, HEAD");
    expect((await ask("/v1/models", "HEAD")).status).toBe(200);
    expect((await ask("/v1/models/triage", "DELETE")).headers.allow).toBe("GET, HEAD");
    expect((await ask("/v1/models/triage", "HEAD")).status).toBe(200);
    expect((await ask("/v1/models/nothing", "HEAD")).status).toBe(404);
  });

  test("a long path is cut in the message", async () => {
    const reply = await gatewayWith().handle(makeGatewayCall({}, {}, { path: `/${"x".repeat(9_000)}` }));
    expect((await textOf(reply)).length).toBeLessThan(400);
  });
});

describe("keys", () => {
  const withKey = (part: Parameters<typeof makePrincipal>[0]) =>
    gatewayWith({ keys: { find: async () => makePrincipal(part) } }).handle(makeGatewayCall());

  test("an expired one is refused from its very moment on", async () => {
    expect((await withKey({ expiresAtMs: 1_767_225_600_000 })).status).toBe(401);
    expect((await withKey({ expiresAtMs: 1_767_225_600_001 })).status).toBe(200);
  });

  test("one for the management API alone may not call", async () => {
    expect((await withKey({ scopes: ["management:read", "management:write"] })).status).toBe(403);
  });

  test("x-api-key serves as well as a bearer", async () => {
    const call = makeGatewayCall(CHAT_BODY, { authorization: "", "x-api-key": "sy_good" });
    expect((await gatewayWith().handle(call)).status).toBe(200);
  });
});

test.each(["a b", "x".repeat(129), "tab\there", "ümlaut"])(
  "a request id that cannot be echoed (%j) is replaced",
  async (given) => {
    const reply = await gatewayWith().handle(makeGatewayCall(CHAT_BODY, { "x-request-id": given }));
    expect(reply.headers["x-request-id"]).toBe(INVOCATION_ID);
  },
);

describe("a fault of ours", () => {
  const SECRET = "password authentication failed for postgresql://owner:hunter2@db";
  const explode = () => Promise.reject(new Error(SECRET));

  test.each<[string, Parameters<typeof makePorts>]>([
    ["at the keys", [OK, { keys: { find: explode } }]],
    ["at the snapshot", [OK, { snapshots: { get: explode } }]],
    ["at a provider's port", [{ small: [explode] }]],
  ])("%s becomes a plain 500 that names the request and nothing of the cause", async (_, given) => {
    const ports = makePorts(...given);
    const reply = await createGateway(ports).handle(makeGatewayCall(CHAT_BODY, { "x-request-id": "mine" }));
    expect(reply.status).toBe(500);
    const text = await textOf(reply);
    expect(JSON.parse(text).error).toMatchObject({ code: "internal_error", type: "server_error" });
    expect(text).toContain("mine");
    expect(text + JSON.stringify(reply.headers)).not.toMatch(/hunter2|password/);
    expect(reply.headers).toMatchObject({ "retry-after": "1", "x-switchyard-invocation-id": INVOCATION_ID });
    expect(ports.faults).toMatchObject([{ message: SECRET }]);
  });

  test("while a target was tried is on record as failed", async () => {
    const ports = makePorts({ small: [explode] });
    await createGateway(ports).handle(makeGatewayCall());
    expect(ports.records).toMatchObject([
      { status: "failed", httpStatus: 500, failureKind: "internal_error", attempts: [{ status: "failed" }] },
    ]);
    expect(JSON.stringify(ports.records[0]?.attempts)).not.toContain("hunter2");
  });
});

test("a call that no target can serve is on record as refused", async () => {
  const image = [{ role: "user", content: [{ type: "image_url" }] }];
  const ports = makePorts(OK, { snapshots: { get: async () => makeSnapshot({ tier: "economy" }) } });
  const reply = await createGateway(ports).handle(makeGatewayCall({ ...CHAT_BODY, messages: image }));
  expect(reply).toMatchObject({ status: 400, headers: { "x-switchyard-attempts": "0" } });
  expect(JSON.parse(await textOf(reply)).error).toMatchObject({ param: "messages[0].content[0]" });
  expect(ports.records).toMatchObject([
    { status: "failed", httpStatus: 400, failureKind: "invalid_request", attempts: [] },
  ]);
});

test("a call whose targets all fail lists every attempt and is on record as failed", async () => {
  const down = [failing("provider-auth")];
  const ports = makePorts({ small: down, large: down, basic: down });
  const reply = await createGateway(ports).handle(makeGatewayCall());
  expect(reply.status).toBe(502);
  expect(JSON.parse(await textOf(reply)).error.attempts).toHaveLength(3);
  expect(reply.headers).toMatchObject({
    "x-switchyard-attempts": "3",
    "x-should-retry": "false",
    "x-switchyard-model": "basic",
  });
  expect(ports.records).toMatchObject([
    { status: "failed", httpStatus: 502, failureKind: "all_targets_failed", costNanoUsd: 0n },
  ]);
});

test("GET /v1/models lists what the key may call", async () => {
  const principal = makePrincipal({ functions: ["triage"], canCallModels: true });
  const connections = makeSnapshot().connections.slice(1);
  const { handle } = gatewayWith({
    keys: { find: async () => principal },
    snapshots: { get: async () => makeSnapshot({ connections }) },
  });
  const reply = await handle(makeGatewayCall(null, {}, { method: "GET", path: "/v1/models" }));
  expect(JSON.parse(await textOf(reply)).data.map(({ id }: { id: string }) => id)).toEqual(["triage", "other/basic"]);
});
