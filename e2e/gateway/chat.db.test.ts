import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { collect, eventData } from "#e2e/support/event-stream.ts";
import { type GatewayUnderTest, MOUNTS, openGateway } from "#e2e/support/gateway.ts";
import { pinnedChain } from "#e2e/support/pinned-chains.ts";
import { upstreamKey } from "#e2e/support/upstream.ts";
import { answerJson, answerStream, completion, TEXT_CHUNKS, USAGE } from "#e2e/support/upstream-answers.ts";
import { getCatalog } from "#lib/catalog/get-catalog.ts";

const FUNCTION = "action-item-extraction";
/** Its first target speaks OpenAI's wire in this tier. */
const TIER = "economy";
const [FIRST] = pinnedChain(FUNCTION, TIER);
const { maxOutputTokens } = getCatalog().functions.get(FUNCTION)?.defaults ?? {};
const MESSAGES = [{ role: "user" as const, content: "Our invoice of March is wrong." }];
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe.each(MOUNTS)("chat over the %s mount", (mount) => {
  let gateway: GatewayUnderTest;
  const first = FIRST as { provider: string; model: string };

  beforeAll(async () => {
    gateway = await openGateway(mount);
    await gateway.setTier(TIER);
  });
  afterAll(() => gateway?.close());
  beforeEach(() => {
    gateway.upstream.reset();
    gateway.upstream.on(first.provider, answerJson(200, completion("billing"), { "x-request-id": "upstream-1" }));
    gateway.upstream.on("openai", answerJson(200, completion("from openai")));
  });

  test("a function's call goes to its first target, with its defaults and its model", async () => {
    const answer = await gateway.client().chat.completions.create({ model: FUNCTION, messages: MESSAGES });
    expect(answer.choices[0]?.message.content).toBe("billing");
    const [call, ...others] = gateway.upstream.calls;
    expect(others).toEqual([]);
    expect(call).toMatchObject({ provider: first.provider, path: "/chat/completions" });
    expect(call?.body).toEqual({
      model: first.model,
      messages: MESSAGES,
      max_completion_tokens: maxOutputTokens,
    });
    expect(maxOutputTokens).toBeGreaterThan(0);
    expect(call?.headers.authorization).toBe(`Bearer ${upstreamKey(first.provider)}`);
  });

  test("the provider's answer comes back as it is, fields that nobody knows included", async () => {
    const odd = completion("billing", { new_field: { deep: [1, null, "ü"] }, service_tier: "flex" });
    gateway.upstream.on(first.provider, answerJson(200, odd));
    const response = await gateway.chat({ model: FUNCTION, messages: MESSAGES });
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.json()).toEqual(odd);
  });

  test("fields of the request that we do not know reach the provider", async () => {
    // An assistant's message that is all tool calls has no content.
    const toolCalls = [{ id: "call_1", type: "function", function: { name: "look_up", arguments: "{}" } }];
    const messages = [
      { ...MESSAGES[0], name: "x", new_part: 1 },
      { role: "assistant", tool_calls: toolCalls },
    ];
    const body = { messages, seed: 7, new_field: { deep: [1, null, "ü"] } };
    await (await gateway.chat({ model: "openai/gpt-4o-mini", ...body })).text();
    expect(gateway.upstream.calls[0]?.body).toEqual({ model: "gpt-4o-mini", ...body });
  });

  test("tools go through, and their calls come back", async () => {
    const tools = [
      {
        type: "function" as const,
        function: {
          name: "look_up",
          parameters: { type: "object", properties: { id: { type: "string" } } },
          strict: true,
        },
      },
    ];
    const call = { id: "call_1", type: "function", function: { name: "look_up", arguments: '{"id":"7"}' } };
    const message = { role: "assistant", content: null, tool_calls: [call] };
    const choices = [{ index: 0, message, finish_reason: "tool_calls" }];
    gateway.upstream.on(first.provider, answerJson(200, completion("", { choices })));
    const answer = await gateway
      .client()
      .chat.completions.create({ model: FUNCTION, messages: MESSAGES, tools, tool_choice: "required" });
    expect(answer.choices[0]?.message.tool_calls).toEqual([call]);
    expect(gateway.upstream.calls[0]?.body).toMatchObject({ tools, tool_choice: "required" });
  });

  test("x-switchyard-function names the function whatever the model says", async () => {
    const headers = { "x-switchyard-function": FUNCTION };
    const response = await gateway.chat({ model: "gpt-4o", messages: MESSAGES }, headers);
    expect(response.headers.get("x-switchyard-function")).toBe(FUNCTION);
    expect(gateway.upstream.calls[0]).toMatchObject({ provider: first.provider, body: { model: first.model } });
  });

  test("the model may be left out where the header names the function", async () => {
    const response = await gateway.chat({ messages: MESSAGES }, { "x-switchyard-function": FUNCTION });
    expect(response.status).toBe(200);
  });

  test("provider/model calls that model with nothing added", async () => {
    const response = await gateway.chat({ model: "openai/gpt-4o-mini", messages: MESSAGES });
    expect(response.headers.get("x-switchyard-function")).toBeNull();
    expect(response.headers.get("x-switchyard-provider")).toBe("openai");
    expect(response.headers.get("x-switchyard-model")).toBe("gpt-4o-mini");
    expect(gateway.upstream.calls[0]?.body).toEqual({ model: "gpt-4o-mini", messages: MESSAGES });
  });

  test("the key may come as x-api-key", async () => {
    const response = await fetch(`${gateway.baseUrl}/v1/models`, { headers: { "x-api-key": gateway.apiKey } });
    expect(response.status).toBe(200);
  });

  test("every answer says what served it, and the ledger says the same", async () => {
    const headers = { "x-request-id": "caller-42", "x-switchyard-metadata": '{"feature":"inbox","team":"caf\\u00e9"}' };
    const response = await gateway.chat({ model: FUNCTION, messages: MESSAGES }, headers);
    const header = (name: string) => response.headers.get(`x-switchyard-${name}`);
    expect(header("invocation-id")).toMatch(UUID_V7);
    expect(response.headers.get("x-request-id")).toBe("caller-42");
    expect(response.headers.get("server-timing")).toMatch(/^gateway;dur=[\d.]+, provider;dur=[\d.]+$/);
    expect({
      function: header("function"),
      mode: header("mode"),
      provider: header("provider"),
      model: header("model"),
      attempts: header("attempts"),
      "route-version": header("route-version"),
      "input-tokens": header("input-tokens"),
      "output-tokens": header("output-tokens"),
    }).toEqual({
      function: FUNCTION,
      mode: "platform-managed",
      provider: first.provider,
      model: first.model,
      attempts: "1",
      "route-version": "2",
      "input-tokens": String(USAGE.prompt_tokens),
      "output-tokens": String(USAGE.completion_tokens),
    });
    expect(Number(header("overhead-ms"))).toBeLessThan(1_000);
    const record = await gateway.invocation(header("invocation-id"));
    expect(header("cost-usd")).toBe((Number(record.costNanoUsd) / 1e9).toFixed(9));
    expect(Number(record.costNanoUsd)).toBeGreaterThan(0);
    expect(record).toMatchObject({
      requestId: "caller-42",
      functionSlug: FUNCTION,
      status: "succeeded",
      httpStatus: 200,
      isStream: false,
      isSimulated: false,
      failureKind: null,
      inputTokens: 120,
      outputTokens: 30,
      cachedInputTokens: 20,
      reasoningTokens: 10,
      metadata: { feature: "inbox", team: "café" },
      attempts: [{ number: 1, ...first, status: "succeeded", httpStatus: 200, providerRequestId: "upstream-1" }],
    });
  });

  test("a request id that cannot be echoed is replaced", async () => {
    const response = await gateway.chat({ model: FUNCTION, messages: MESSAGES }, { "x-request-id": "a b" });
    expect(response.headers.get("x-request-id")).toBe(response.headers.get("x-switchyard-invocation-id"));
  });

  test("a stream without include_usage hides the usage that the ledger has", async () => {
    gateway.upstream.on(first.provider, answerStream(TEXT_CHUNKS));
    const response = await gateway.chat({ model: FUNCTION, messages: MESSAGES, stream: true });
    expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    const data = await collect(eventData(response));
    expect(data.pop()).toBe("[DONE]");
    expect(data.map((one) => JSON.parse(one))).toEqual(TEXT_CHUNKS);
    expect(gateway.upstream.calls[0]?.body.stream_options).toEqual({ include_usage: true });
    const record = await gateway.invocation(response.headers.get("x-switchyard-invocation-id"));
    expect(record).toMatchObject({ isStream: true, status: "succeeded", inputTokens: 120, outputTokens: 30 });
    expect(record.firstTokenMs).not.toBeNull();
  });

  test("a stream with include_usage ends with the provider's usage", async () => {
    gateway.upstream.on(first.provider, answerStream(TEXT_CHUNKS));
    const stream = await gateway.client().chat.completions.create({
      model: FUNCTION,
      messages: MESSAGES,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = await collect(stream);
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("")).toBe("Hello there");
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: USAGE });
  });

  test("the models are the functions and the models that the key may call", async () => {
    const { data } = await gateway.client().models.list();
    const ids = data.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([FUNCTION, `${first.provider}/${first.model}`]));
    expect(new Set(data.map(({ object }) => object))).toEqual(new Set(["model"]));

    const narrow = await gateway.createKey({ functions: [FUNCTION] });
    const seen = await gateway.client({ apiKey: narrow.secret }).models.list();
    expect(seen.data.map(({ id }) => id)).toEqual([FUNCTION]);
  });
});
