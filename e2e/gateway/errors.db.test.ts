import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type GatewayUnderTest, MOUNTS, openGateway } from "#e2e/support/gateway.ts";
import { answerJson, completion } from "#e2e/support/upstream-answers.ts";

const MESSAGES = [{ role: "user", content: "Hello" }];
const FUNCTION = "email-classification";
const GOOD = { model: FUNCTION, messages: MESSAGES };
const MB = 1024 * 1024;

interface Refusal {
  status: number;
  code: string;
  param?: string;
}

const badRequest = (param?: string): Refusal => ({ status: 400, code: "invalid_request", ...(param && { param }) });

/** What is sent, what it must be answered with. */
const BODIES: [name: string, body: unknown, headers: Record<string, string>, expected: Refusal][] = [
  ["an empty body", "", {}, badRequest()],
  ["a body that is not JSON", '{"model": "x", ', {}, badRequest()],
  ["a body that is JSON but no object", "[1,2]", {}, badRequest()],
  ["a body that is null", "null", {}, badRequest()],
  ["no model", { messages: MESSAGES }, {}, badRequest("model")],
  ["a model that is no string", { ...GOOD, model: 7 }, {}, badRequest("model")],
  ["no messages", { model: FUNCTION }, {}, badRequest("messages")],
  ["messages that are no list", { ...GOOD, messages: "Hello" }, {}, badRequest("messages")],
  ["an empty list of messages", { ...GOOD, messages: [] }, {}, badRequest("messages")],
  ["a message without a role", { ...GOOD, messages: [{ content: "x" }] }, {}, badRequest("messages[0].role")],
  ["a stream that is no boolean", { ...GOOD, stream: "yes" }, {}, badRequest("stream")],
  ["tools that are no list", { ...GOOD, tools: {} }, {}, badRequest("tools")],
  ["a temperature that is no number", { ...GOOD, temperature: "hot" }, {}, badRequest("temperature")],
  ["metadata that is not JSON", GOOD, { "x-switchyard-metadata": "{" }, badRequest("x-switchyard-metadata")],
  ["metadata that is not text", GOOD, { "x-switchyard-metadata": '{"a":1}' }, badRequest("x-switchyard-metadata")],
  ["too much metadata", GOOD, { "x-switchyard-metadata": manyKeys(17) }, badRequest("x-switchyard-metadata")],
  ["an unknown function", { ...GOOD, model: "nope" }, {}, { status: 404, code: "function_not_found", param: "model" }],
  [
    "an unknown function in the header",
    GOOD,
    { "x-switchyard-function": "nope" },
    { status: 404, code: "function_not_found", param: "x-switchyard-function" },
  ],
  ["an unknown provider", { ...GOOD, model: "no/pe" }, {}, { status: 404, code: "model_not_found", param: "model" }],
  [
    "a provider without a model",
    { ...GOOD, model: "openai/" },
    {},
    { status: 404, code: "model_not_found", param: "model" },
  ],
  [
    "a model's name that no header can hold",
    { ...GOOD, model: "openai/gpt\n☃" },
    {},
    { status: 404, code: "model_not_found", param: "model" },
  ],
  ["no key", GOOD, { authorization: "" }, { status: 401, code: "invalid_api_key" }],
  ["a key of another kind", GOOD, { authorization: "Bearer sk-123" }, { status: 401, code: "invalid_api_key" }],
  ["an unknown key", GOOD, { authorization: `Bearer sy_${"x".repeat(43)}` }, { status: 401, code: "invalid_api_key" }],
];

function manyKeys(count: number): string {
  return JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, at) => [`key${at}`, "x"])));
}

describe.each(MOUNTS)("refused calls over the %s mount", (mount) => {
  let gateway: GatewayUnderTest;

  beforeAll(async () => {
    gateway = await openGateway(mount);
  });
  afterAll(() => gateway?.close());
  beforeEach(() => {
    gateway.upstream.reset();
  });

  async function expectRefusal(response: Response, { status, code, param = undefined }: Refusal) {
    const text = await response.text();
    expect({ status: response.status, text }).toMatchObject({ status });
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(JSON.parse(text)).toEqual({
      error: { message: expect.stringMatching(/.{10}/), type: expect.any(String), param: param ?? null, code },
    });
    expect(text).not.toContain(gateway.apiKey);
    expect(response.headers.get("x-should-retry")).toBe("false");
    expect(response.headers.get("retry-after")).toBeNull();
    expect(gateway.upstream.calls).toEqual([]);
    expect(await gateway.hasInvocation(response.headers.get("x-switchyard-invocation-id"))).toBe(false);
  }

  async function expectStillAnswers() {
    gateway.upstream.on("openai", answerJson(200, completion("still here")));
    const response = await gateway.chat({ model: "openai/gpt-4o-mini", messages: MESSAGES });
    expect(await response.json()).toMatchObject({ choices: [{ message: { content: "still here" } }] });
  }

  test.each(BODIES)("%s is refused, leaves no invocation and harms nothing", async (_, body, headers, expected) => {
    await expectRefusal(await gateway.chat(body, headers), expected);
    await expectStillAnswers();
  });

  test("a key may call only its functions, and models only where that is allowed", async () => {
    const { secret } = await gateway.createKey({ functions: ["ticket-triage"] });
    const headers = { authorization: `Bearer ${secret}` };
    await expectRefusal(await gateway.chat(GOOD, headers), { status: 403, code: "not_allowed", param: "model" });
    const direct = { ...GOOD, model: "openai/gpt-4o-mini" };
    gateway.upstream.reset();
    await expectRefusal(await gateway.chat(direct, headers), { status: 403, code: "not_allowed", param: "model" });
  });

  test("a key without gateway:invoke may call nothing", async () => {
    const { secret } = await gateway.createKey({ scopes: ["management:read"], canCallModels: true });
    const headers = { authorization: `Bearer ${secret}` };
    await expectRefusal(await gateway.chat(GOOD, headers), { status: 403, code: "not_allowed" });
  });

  test("a GET on a POST route and a path that is not there say so", async () => {
    const headers = { authorization: `Bearer ${gateway.apiKey}` };
    const wrongMethod = await fetch(`${gateway.baseUrl}/v1/chat/completions`, { headers });
    await expectRefusal(wrongMethod, { status: 405, code: "method_not_allowed" });
    gateway.upstream.reset();
    const nowhere = await fetch(`${gateway.baseUrl}/v1/nowhere`, { method: "POST", headers, body: "{}" });
    await expectRefusal(nowhere, { status: 404, code: "not_found" });
  });

  test("a body of just under 20 MB is served whole", async () => {
    gateway.upstream.on("openai", answerJson(200, completion("long")));
    const content = "x".repeat(20 * MB - 200);
    const response = await gateway.chat({ model: "openai/gpt-4o-mini", messages: [{ role: "user", content }] });
    expect(response.status).toBe(200);
    expect(gateway.upstream.calls[0]?.body.messages[0].content.length).toBe(content.length);
  });

  test("a body over 20 MB whose length is announced is refused, and the caller gets to read why", async () => {
    const response = await gateway.chat({ ...GOOD, padding: "x".repeat(24 * MB) });
    await expectRefusal(response, { status: 413, code: "request_too_large" });
    await expectStillAnswers();
  });

  test("a wrong key on a large body is told so, and not cut off", async () => {
    const headers = { authorization: `Bearer sy_${"x".repeat(43)}` };
    const response = await gateway.chat({ ...GOOD, padding: "x".repeat(8 * MB) }, headers);
    await expectRefusal(response, { status: 401, code: "invalid_api_key" });
  });

  test("a body over 20 MB that comes in pieces is refused, and the caller gets to read why", async () => {
    const { status, text } = await sendInPieces(gateway, 24);
    expect(status).toBe(413);
    expect(JSON.parse(text)).toMatchObject({ error: { code: "request_too_large" } });
    expect(gateway.upstream.calls).toEqual([]);
    await expectStillAnswers();
  });
});

/** A chunked upload of so many megabytes, sent to its end. */
async function sendInPieces(gateway: GatewayUnderTest, megabytes: number) {
  const upload = httpRequest(`${gateway.baseUrl}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${gateway.apiKey}`, "content-type": "application/json" },
  });
  const answered = once(upload, "response") as Promise<[IncomingMessage]>;
  // The server may close once it has answered; what counts is that the answer arrives.
  upload.on("error", () => {});
  upload.write('{"padding":"');
  const piece = Buffer.alloc(MB, "x");
  let sent = 0;
  const send = () => {
    while (sent < megabytes && !upload.destroyed) {
      sent += 1;
      if (!upload.write(piece)) return void upload.once("drain", send);
    }
    upload.end('"}');
  };
  send();
  const [response] = await answered;
  let text = "";
  for await (const part of response.setEncoding("utf8")) text += part;
  return { status: response.statusCode, text };
}
