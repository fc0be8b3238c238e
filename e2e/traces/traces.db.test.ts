import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CANARY, findTraces } from "#e2e/connections/support/canary.ts";
import { type GatewayUnderTest, MOUNTS, openGateway } from "#e2e/support/gateway.ts";
import { pinnedChain } from "#e2e/support/pinned-chains.ts";
import { poll } from "#e2e/support/poll.ts";
import { answerError, answerJson, answerStream, chunk, completion } from "#e2e/support/upstream-answers.ts";
import { type Collector, openCollector, type ReceivedSpan } from "./support/collector.ts";

const FUNCTION = "action-item-extraction";
const TIER = "economy";
const CHAIN = pinnedChain(FUNCTION, TIER);
const PROMPT = "words-of-the-prompt-7f41c2";
const ANSWER = "words-of-the-answer-b80d35";
const CALL = { model: FUNCTION, messages: [{ role: "user", content: PROMPT }] };

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const CALLER = "b7ad6b7169203331";
const METRICS_TOKEN = "token-of-the-metrics";
const SERVER = 2;
const CLIENT = 3;
const ERROR = 2;

const idOf = (response: Response) => response.headers.get("x-switchyard-invocation-id") ?? "";
const traceOf = (response: Response) => idOf(response).replaceAll("-", "");

function byStart(spans: readonly ReceivedSpan[]): ReceivedSpan[] {
  return spans.toSorted((a, b) => Number(a.startTimeUnixNano - b.startTimeUnixNano) || a.kind - b.kind);
}

describe.each(MOUNTS)("traces over the %s mount", (mount) => {
  let collector: Collector;
  let gateway: GatewayUnderTest;
  const [first, second] = CHAIN as [(typeof CHAIN)[number], (typeof CHAIN)[number]];

  beforeAll(async () => {
    collector = await openCollector();
    gateway = await openGateway(mount, {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
      OTEL_EXPORTER_OTLP_HEADERS: "x-collector-key=key%20of%20the%20collector",
      OTEL_SERVICE_NAME: "gateway-under-test",
      [`PLATFORM_${first.provider.toUpperCase()}_API_KEY`]: CANARY,
      LOG_LEVEL: "trace",
    });
    await gateway.setTier(TIER);
  });
  afterAll(async () => {
    await gateway?.close();
    await collector?.close();
  });
  beforeEach(() => {
    gateway.upstream.reset();
    gateway.upstream.on(second.provider, answerJson(200, completion(ANSWER)));
  });

  test("a stream whose first target failed is one tree below the caller's span", async () => {
    // As careless as a provider can be: it repeats the key and what it was asked.
    gateway.upstream.on(first.provider, answerError(500, { message: `Not with ${CANARY}: ${PROMPT}` }));
    gateway.upstream.on(second.provider, answerStream([chunk({ content: ANSWER }), chunk({}, "stop")]));
    const headers = { traceparent: `00-${TRACE}-${CALLER}-01`, "x-switchyard-metadata": `{"note":"${PROMPT}"}` };
    const response = await gateway.chat({ ...CALL, stream: true }, headers);
    expect(await response.text()).toContain(ANSWER);
    expect(gateway.upstream.calls[0]?.headers.authorization).toBe(`Bearer ${CANARY}`);

    const [call, ...attempts] = byStart(await collector.trace(TRACE, 4));
    const record = await gateway.invocation(idOf(response));
    expect(call).toMatchObject({ parentSpanId: CALLER, name: `chat ${FUNCTION}`, kind: SERVER, statusCode: 0 });
    expect(call?.resource).toMatchObject({ "service.name": "gateway-under-test" });
    expect(call?.attributes).toMatchObject({
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": second.provider,
      "gen_ai.request.model": FUNCTION,
      "gen_ai.request.stream": true,
      "gen_ai.response.model": second.model,
      "http.route": "/v1/chat/completions",
      "http.response.status_code": 200,
      "switchyard.invocation.id": idOf(response),
      "switchyard.function": FUNCTION,
      "switchyard.mode": "platform-managed",
      "switchyard.tier": TIER,
      "switchyard.route_version": record.routeVersion,
      "switchyard.attempts": 3,
    });
    const failed = { name: `chat ${first.model}`, kind: CLIENT, statusCode: ERROR, parentSpanId: call?.spanId };
    expect(attempts).toMatchObject([failed, failed, { name: `chat ${second.model}`, kind: CLIENT, statusCode: 0 }]);
    expect(attempts.map(({ attributes }) => attributes)).toMatchObject([
      { "gen_ai.provider.name": first.provider, "error.type": "server-error", "switchyard.attempt.is_retry": false },
      { "gen_ai.provider.name": first.provider, "error.type": "server-error", "switchyard.attempt.is_retry": true },
      {
        "gen_ai.provider.name": second.provider,
        "gen_ai.usage.input_tokens": 120,
        "gen_ai.usage.output_tokens": 30,
        "server.address": "127.0.0.1",
        "switchyard.attempt.reason": expect.stringContaining("fallback"),
      },
    ]);
    for (const { parentSpanId, startTimeUnixNano, endTimeUnixNano } of attempts) {
      expect(parentSpanId).toBe(call?.spanId);
      expect(startTimeUnixNano >= (call?.startTimeUnixNano ?? 0n)).toBe(true);
      expect(endTimeUnixNano <= (call?.endTimeUnixNano ?? 0n)).toBe(true);
    }
  });

  test("a call that is part of no trace has one by the invocation's id", async () => {
    const response = await gateway.chat(CALL);
    const [call] = byStart(await collector.trace(traceOf(response), 2));
    expect(call?.parentSpanId).toBeUndefined();
    expect(call?.attributes["switchyard.invocation.id"]).toBe(idOf(response));
  });

  test("a caller's trace that is not sampled gets no spans", async () => {
    const unsampled = "1".repeat(32);
    await (await gateway.chat(CALL, { traceparent: `00-${unsampled}-${CALLER}-00` })).text();
    await collector.trace(traceOf(await gateway.chat(CALL)), 2);
    expect(collector.spans.filter(({ traceId }) => traceId === unsampled)).toEqual([]);
  });

  test("no provider is told of a trace", async () => {
    const headers = { traceparent: `00-${TRACE}-${CALLER}-01`, tracestate: "vendor=1", baggage: "a=b" };
    await (await gateway.chat(CALL, headers)).text();
    expect(gateway.upstream.calls).not.toHaveLength(0);
    for (const { headers } of gateway.upstream.calls) {
      expect(Object.keys(headers).filter((name) => /^(traceparent|tracestate|baggage)$/.test(name))).toEqual([]);
    }
  });

  test("the collector is given its own key, and neither a provider's nor a word of anybody's", () => {
    expect(collector.requests).not.toHaveLength(0);
    for (const { url, headers, body } of collector.requests) {
      expect(url).toBe("/v1/traces");
      expect(headers["x-collector-key"]).toBe("key of the collector");
      const all = `${body.toString("latin1")}\n${JSON.stringify(headers)}`;
      expect(findTraces(all)).toEqual([]);
      for (const words of [PROMPT, ANSWER, gateway.apiKey]) expect(all).not.toContain(words);
    }
    const log = gateway.server.lines.join("\n");
    expect(log).not.toContain("key of the collector");
    expect(log).not.toContain("does not use it yet");
  });
});

describe.each(MOUNTS)("a collector that takes nothing, over the %s mount", (mount) => {
  let collector: Collector;
  let gateway: GatewayUnderTest;

  beforeAll(async () => {
    collector = await openCollector();
    gateway = await openGateway(mount, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, METRICS_TOKEN });
    gateway.upstream.on("openai", answerJson(200, completion(ANSWER)));
  });
  afterAll(async () => {
    await gateway?.close();
    await collector?.close();
  });

  const chat = () => gateway.chat({ ...CALL, model: "openai/gpt-4o-mini" });
  async function countSpans(outcome: string): Promise<number> {
    const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
    const text = await (await fetch(`${gateway.baseUrl}/metrics`, { headers })).text();
    return Number(
      new RegExp(`^switchyard_trace_spans_total\\{outcome="${outcome}"\\} (\\d+)$`, "m").exec(text)?.[1] ?? 0,
    );
  }

  test("costs no call its answer or its record; what is lost is counted and said once", async () => {
    collector.answerWith(400);
    for (let call = 0; call < 3; call += 1) {
      const response = await chat();
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ choices: [{ message: { content: ANSWER } }] });
      expect(await gateway.invocation(idOf(response))).toMatchObject({ status: "succeeded" });
    }
    await poll("the lost spans", 15_000, async () => ((await countSpans("failed")) === 6 ? true : null));
    const warnings = () => gateway.server.lines.filter((line) => line.includes("traces are lost"));
    await poll("the warning", 15_000, () => warnings()[0] ?? null);
    collector.answerWith(200);
    await collector.trace(traceOf(await chat()), 2);
    await poll("the delivered spans", 15_000, async () => ((await countSpans("delivered")) === 2 ? true : null));
    expect(warnings()).toHaveLength(1);
  });
});

describe("the end of the process", () => {
  test.each<[string, (collector: Collector) => void | Promise<void>, number]>([
    ["sends what is left", () => {}, 2],
    ["waits for no collector that does not answer", (collector) => collector.answerWith(null), 0],
    ["waits for no collector that is not there", (collector) => collector.close(), 0],
  ])("%s", async (_, prepare, expected) => {
    const collector = await openCollector();
    await prepare(collector);
    const gateway = await openGateway("node", { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint });
    try {
      gateway.upstream.on("openai", answerJson(200, completion(ANSWER)));
      expect(gateway.server.lines).toContain(`Traces:   ${collector.endpoint}`);
      // On a connection of its own: one that is kept for a next call is only let go after the drain's 30 s.
      const response = await gateway.chat({ ...CALL, model: "openai/gpt-4o-mini" }, { connection: "close" });
      expect(await response.json()).toMatchObject({ choices: [{ message: { content: ANSWER } }] });
      // It ends with 0, or this throws.
      await gateway.close();
      expect(collector.spans).toHaveLength(expected);
    } finally {
      await gateway.server.kill();
      await collector.close();
    }
  });
});
