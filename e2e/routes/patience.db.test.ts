import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { connect, publish, ref } from "#e2e/connections/support/tenant.ts";
import { type GatewayUnderTest, MOUNTS, openGateway } from "#e2e/support/gateway.ts";
import type { Script } from "#e2e/support/upstream.ts";
import {
  answerAnyWire,
  answerError,
  answerStream,
  beginStream,
  chunk,
  saysNothing,
  writeEvent,
} from "#e2e/support/upstream-answers.ts";
import type { Patience } from "#lib/gateway/contract/catalog.ts";

const CALL = { model: "email-classification", messages: [{ role: "user", content: "Hello" }] };
/** Far above what the chains here allow, far below what a target usually gets. */
const SOON_MS = 30_000;

describe.each(MOUNTS)("a chain's patience with its targets, over the %s mount", (mount) => {
  let gateway: GatewayUnderTest;

  beforeAll(async () => {
    gateway = await openGateway(mount, { SWITCHYARD_EGRESS_ALLOW: "127.0.0.1" });
    for (const provider of ["openai", "groq"]) {
      const fields = { apiKey: `sk-of-${provider}-0123456789`, baseUrl: gateway.upstream.baseUrl(provider) };
      await connect(gateway, { provider, name: provider, fields });
    }
  });
  afterAll(() => gateway?.close());
  beforeEach(() => {
    gateway.upstream.reset();
    gateway.upstream.on("groq", rescue);
  });

  const chainOf = (patience: Patience) =>
    publish(gateway, { chain: [{ ...ref("openai", "gpt-6-luna"), ...patience }, ref("groq", "openai/gpt-oss-20b")] });
  const asked = () => gateway.upstream.calls.map(({ provider }) => provider);

  async function answer(body: object, headers: Record<string, string> = {}) {
    const startedAt = performance.now();
    const response = await gateway.chat({ ...CALL, ...body }, headers);
    const text = await response.text();
    expect(performance.now() - startedAt).toBeLessThan(SOON_MS);
    const record = await gateway.invocation(response.headers.get("x-switchyard-invocation-id"));
    return { status: response.status, text, attempts: record.attempts };
  }

  test.each<[string, object, Patience, string]>([
    ["an answer", {}, { answerTimeoutMs: 300 }, "The provider was silent for 0.3 s."],
    ["a stream", { stream: true }, { firstTokenTimeoutMs: 400 }, "The provider was silent for 0.4 s."],
  ])("%s that does not come in its time is the next target's, and the first is told", async (_, body, own, message) => {
    await chainOf(own);
    gateway.upstream.on("openai", saysNothing);
    const { status, text, attempts } = await answer(body);
    expect([status, text.includes("Rescued"), asked()]).toEqual([200, true, ["openai", "groq"]]);
    expect(attempts).toMatchObject([
      { provider: "openai", status: "failed", failureKind: "timeout", message },
      { provider: "groq", status: "succeeded" },
    ]);
    await gateway.upstream.calls[0]?.cutOff;
  });

  test("a held stream that goes on for longer than its chain allows is started over, unseen", async () => {
    await chainOf({ answerTimeoutMs: 500 });
    gateway.upstream.on("openai", endless);
    const { text } = await answer({ stream: true }, { "x-switchyard-delivery": "whole" });
    expect([text.includes("and on"), text.includes("Rescued"), asked()]).toEqual([false, true, ["openai", "groq"]]);
  });

  test.each([0, 2])("a target that fails is tried again %i times if its chain says so", async (maxRetries) => {
    await chainOf({ maxRetries });
    gateway.upstream.on("openai", answerError(500, { message: "It broke." }));
    const { status } = await answer({});
    const tries = Array.from({ length: maxRetries + 1 }, () => "openai");
    expect([status, asked()]).toEqual([200, [...tries, "groq"]]);
  });

  test("a call ends with its own deadline, however patient the chain is", async () => {
    await chainOf({ answerTimeoutMs: 500_000 });
    gateway.upstream.on("openai", saysNothing);
    const { status, attempts } = await answer({}, { "x-stainless-timeout": "1" });
    expect([status, asked()]).toEqual([504, ["openai"]]);
    expect(attempts).toMatchObject([{ failureKind: "timeout" }]);
  });
});

const rescue: Script = (response, call) => {
  const chunks = [chunk({ content: "Rescued" }), chunk({}, "stop")];
  return (call.body.stream === true ? answerStream(chunks) : answerAnyWire("Rescued"))(response, call);
};

/** A token every tenth of a second, until the other side has gone. */
const endless: Script = (response, call) => {
  beginStream(response);
  const timer = setInterval(() => writeEvent(response, chunk({ content: "and on" })), 100);
  void call.cutOff.then(() => clearInterval(timer));
};
