import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { collect, eventData } from "#e2e/support/event-stream.ts";
import { type GatewayUnderTest, MOUNTS, openGateway } from "#e2e/support/gateway.ts";
import { poll } from "#e2e/support/poll.ts";
import { upstreamKey } from "#e2e/support/upstream.ts";
import { answerAnyWire, answerError, beginStream, TEXT_CHUNKS, writeEvent } from "#e2e/support/upstream-answers.ts";
import { answerOf, connect, disconnectAll, publish, ref } from "./support/tenant.ts";

const CALL = { model: "email-classification", messages: [{ role: "user", content: "Hello" }] };
const CHAIN = [ref("openai", "gpt-6-luna")];

describe.each(MOUNTS)("a tenant with keys of its own over the %s mount", (mount) => {
  let gateway: GatewayUnderTest;

  beforeAll(async () => {
    gateway = await openGateway(mount, { SWITCHYARD_EGRESS_ALLOW: "127.0.0.1" });
  });
  afterAll(() => gateway?.close());
  beforeEach(async () => {
    await disconnectAll(gateway);
    gateway.upstream.reset();
  });

  /** An account whose upstream is at a path of its own. */
  const account = (name: string, part: object = {}) =>
    connect(gateway, {
      provider: "openai",
      name,
      fields: { apiKey: `sk-of-${name}-0123456789`, baseUrl: gateway.upstream.baseUrl(name) },
      ...part,
    });
  const calls = () => gateway.upstream.calls.map(({ provider, headers }) => [provider, headers.authorization]);
  const recordOf = async (response: Response) => {
    await response.text();
    return gateway.invocation(response.headers.get("x-switchyard-invocation-id"));
  };

  test("is called with its own key, and the platform's account is left alone", async () => {
    await account("mine");
    await publish(gateway, { chain: CHAIN });
    gateway.upstream.on("mine", answerAnyWire());
    const response = await gateway.chat(CALL);
    expect(response.status).toBe(200);
    expect(response.headers.get("x-switchyard-provider")).toBe("openai");
    expect(calls()).toEqual([["mine", "Bearer sk-of-mine-0123456789"]]);
    expect(await recordOf(response)).toMatchObject({ mode: "bring-your-own", attempts: [{ provider: "openai" }] });
  });

  test("whose first key is refused is answered with the second, by priority", async () => {
    await account("second", { priority: 2 });
    await account("first", { priority: 1 });
    await publish(gateway, { chain: CHAIN });
    gateway.upstream.on("first", answerError(401, { message: "Incorrect API key sk-of-first-0123456789." }));
    gateway.upstream.on("second", answerAnyWire());
    const response = await gateway.chat(CALL);
    expect(response.status).toBe(200);
    expect(calls().map(([name]) => name)).toEqual(["first", "second"]);
    const record = await recordOf(response);
    expect(record.attempts).toMatchObject([
      { status: "failed", failureKind: "provider-auth", message: "Incorrect API key [key]." },
      { status: "succeeded" },
    ]);
  });

  test("gets the platform's answer in the end only if it said so", async () => {
    await account("mine");
    gateway.upstream.on(
      "mine",
      answerError(400, { message: "Billing hard limit has been reached", code: "billing_hard_limit_reached" }),
    );
    gateway.upstream.on("anthropic", answerAnyWire());
    await publish(gateway, { chain: CHAIN });
    const refused = await gateway.chat(CALL);
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(await refused.text()).not.toContain("sk-of");
    expect(calls().map(([name]) => name)).toEqual(["mine"]);
    await publish(gateway, { chain: CHAIN, hasPlatformFallback: true });
    const answered = await gateway.chat(CALL);
    expect(answered.status).toBe(200);
    expect(answered.headers.get("x-switchyard-provider")).toBe("anthropic");
    await answered.text();
    expect(gateway.upstream.calls.at(-1)?.headers["x-api-key"]).toBe(upstreamKey("anthropic"));
  });

  test("sends a function that has a chain of its own there, and to one account where it names one", async () => {
    const named = await account("named", { priority: 2 });
    await account("other", { priority: 1 });
    const overrides = { "email-classification": [ref("openai", "gpt-5.4-mini", named.id)] };
    await publish(gateway, { chain: CHAIN, overrides });
    gateway.upstream.on("named", answerAnyWire());
    gateway.upstream.on("other", answerAnyWire());
    await (await gateway.chat(CALL)).text();
    await (await gateway.chat({ ...CALL, model: "ticket-triage" })).text();
    expect(gateway.upstream.calls.map(({ provider, body }) => [provider, body.model])).toEqual([
      ["named", "gpt-5.4-mini"],
      ["other", "gpt-6-luna"],
    ]);
  });

  test("uses a replaced key from the next call on, while a call in flight ends with its own", async () => {
    const { id } = await account("mine");
    await publish(gateway, { chain: CHAIN });
    const gate = Promise.withResolvers<void>();
    gateway.upstream.on("mine", async (response) => {
      beginStream(response);
      writeEvent(response, TEXT_CHUNKS[1]);
      await gate.promise;
      for (const one of [...TEXT_CHUNKS.slice(2), "[DONE]"]) writeEvent(response, one);
      response.end();
    });
    const inFlight = gateway.chat({ ...CALL, stream: true }, { "x-switchyard-delivery": "live" });
    await poll("the call to reach its provider", 3_000, () => gateway.upstream.calls[0] ?? null);
    const secrets = { apiKey: "sk-the-next-one-0123456789" };
    await answerOf(await gateway.manage("PUT", `/connections/${id}/secrets`, { secrets }), 200);
    gate.resolve();
    expect((await collect(eventData(await inFlight))).at(-1)).toBe("[DONE]");
    gateway.upstream.on("mine", answerAnyWire());
    await (await gateway.chat(CALL)).text();
    expect(calls().map(([, key]) => key)).toEqual([
      "Bearer sk-of-mine-0123456789",
      "Bearer sk-the-next-one-0123456789",
    ]);
  });

  test("is told what to connect when its connection is switched off", async () => {
    const { id } = await account("mine");
    await publish(gateway, { chain: CHAIN });
    await answerOf(await gateway.manage("PUT", `/connections/${id}`, { isEnabled: false }), 200);
    const refused = await gateway.chat(CALL);
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({
      error: { code: "no_route", message: expect.stringMatching(/openai/) },
    });
    expect(calls()).toEqual([]);
  });

  test("pays what its connection costs", async () => {
    const price = { kind: "tokens", inputNanoUsdPerMillion: "1000000000", outputNanoUsdPerMillion: "2000000000" };
    await account("mine", { price });
    await publish(gateway, { chain: CHAIN });
    gateway.upstream.on("mine", answerAnyWire());
    const record = await recordOf(await gateway.chat(CALL));
    expect(record.costNanoUsd).toBe(String(120 * 1_000 + 30 * 2_000));
  });

  test("tests an account before it is saved, step by step", async () => {
    gateway.upstream.on("unsaved", answerAnyWire());
    const fields = { apiKey: "sk-unsaved-0123456789", baseUrl: gateway.upstream.baseUrl("unsaved") };
    const result = await answerOf<{ steps: { step: string; status: string }[] }>(
      await gateway.manage("POST", "/connections/test", { provider: "openai", fields, model: "gpt-6-luna" }),
      200,
    );
    expect(result.steps.map(({ step, status }) => [step, status])).toContainEqual(["completion", "passed"]);
    expect(calls()).toContainEqual(["unsaved", "Bearer sk-unsaved-0123456789"]);
  });
});
