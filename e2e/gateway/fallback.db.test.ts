import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type GatewayUnderTest, MOUNTS, openGateway } from "#e2e/support/gateway.ts";
import { pinnedChain } from "#e2e/support/pinned-chains.ts";
import { type Script, upstreamKey } from "#e2e/support/upstream.ts";
import {
  answerAnyWire,
  answerError,
  answerJson,
  answerText,
  completion,
  hangUp,
} from "#e2e/support/upstream-answers.ts";
import { getCatalog } from "#lib/catalog/get-catalog.ts";

/** Its first target takes fewer tokens than the others; the third is one of another wire. */
const FUNCTION = "action-item-extraction";
const TIER = "economy";
const CHAIN = pinnedChain(FUNCTION, TIER);
const CALL = { model: FUNCTION, messages: [{ role: "user", content: "Hello" }] };
const DIRECT = { ...CALL, model: "openai/gpt-4o-mini" };

const CONTEXT_ERROR = { message: "maximum context length is 128000 tokens", code: "context_length_exceeded" };
const FILTER_ERROR = { message: "The prompt was filtered.", param: "prompt", code: "content_filter" };

const UNFINISHED = completion("", {
  choices: [{ index: 0, message: { role: "assistant", content: "Hal" }, finish_reason: null }],
});

/** What a target does, how each failed attempt is recorded, and how often it is asked before the next one is. */
const PASSED_OVER: [name: string, script: Script, kind: string, status: number | null, times: 1 | 2][] = [
  ["500", answerError(500, { message: "boom" }), "server-error", 500, 2],
  ["502 with HTML", answerText(502, "text/html", "<h1>Bad gateway</h1>"), "server-error", 502, 2],
  ["503", answerError(503, { message: "busy" }), "overloaded", 503, 2],
  ["529", answerError(529, { message: "overloaded", type: "overloaded_error" }), "overloaded", 529, 2],
  ["429 that does not say how long", answerError(429, { message: "slow down" }), "rate-limited", 429, 1],
  ["429 for a moment", answerError(429, { message: "slow down" }, { "retry-after-ms": "20" }), "rate-limited", 429, 2],
  [
    "429 for the account's credit",
    answerError(429, { message: "no", code: "insufficient_quota" }),
    "provider-quota",
    429,
    1,
  ],
  ["401", answerError(401, { message: "wrong key" }), "provider-auth", 401, 1],
  ["402", answerError(402, { message: "pay first" }), "provider-quota", 402, 1],
  ["404", answerError(404, { message: "no such model" }), "bad-response", 404, 1],
  ["408", answerError(408, { message: "too slow" }), "timeout", 408, 1],
  ["a context overflow", answerError(400, CONTEXT_ERROR), "context-too-long", 400, 1],
  ["a closed connection", hangUp, "network", null, 2],
  ["an empty 200", answerText(200, "application/json", ""), "bad-response", 200, 2],
  ["a 200 with HTML", answerText(200, "text/html", "<h1>Welcome</h1>"), "bad-response", 200, 2],
  ["a 200 without choices", answerJson(200, { hello: 1 }), "bad-response", 200, 2],
  ["a 200 that does not say how it ended", answerJson(200, UNFINISHED), "bad-response", 200, 2],
  [
    "a 200 that is an error",
    answerJson(200, { error: { code: 502, message: "Provider down" } }),
    "server-error",
    502,
    2,
  ],
  ["a redirect", answerText(302, "text/html", "", { location: "http://127.0.0.1/" }), "bad-response", 302, 1],
];

/** How often each target of the chain is asked when all fail alike: the last one has nobody after it. */
const ATTEMPTS_WHERE_ALL_FAIL = [2, 2, 3];

describe.each(MOUNTS)("fallback over the %s mount", (mount) => {
  let gateway: GatewayUnderTest;
  const [first, second] = CHAIN as [(typeof CHAIN)[number], (typeof CHAIN)[number]];

  beforeAll(async () => {
    expect(new Set(CHAIN.map(({ provider }) => provider)).size).toBe(CHAIN.length);
    // Nobody listens on port 1; and Mistral has no account.
    const unset = { PLATFORM_MISTRAL_API_KEY: "", PLATFORM_MISTRAL_BASE_URL: "" };
    gateway = await openGateway(mount, { PLATFORM_VLLM_BASE_URL: "http://127.0.0.1:1/v1", ...unset });
    await gateway.setTier(TIER);
  });
  afterAll(() => gateway?.close());
  beforeEach(() => gateway.upstream.reset());

  const recordOf = (response: Response) => gateway.invocation(response.headers.get("x-switchyard-invocation-id"));
  const scriptAll = (script: Script) => {
    for (const { provider } of CHAIN) gateway.upstream.on(provider, script);
  };
  /** The body of an error, and what the official clients go by. */
  async function readError(response: Response) {
    const text = await response.text();
    for (const { provider } of CHAIN) expect(text).not.toContain(upstreamKey(provider));
    const header = (name: string) => response.headers.get(name);
    return {
      ...JSON.parse(text).error,
      status: response.status,
      retry: [header("x-should-retry"), header("retry-after")],
    };
  }

  test.each(PASSED_OVER)(
    "after %s the next target answers, and every attempt is on record",
    async (_, script, kind, status, times) => {
      gateway.upstream.on(first.provider, script);
      gateway.upstream.on(second.provider, answerJson(200, completion("from the second")));
      const response = await gateway.chat(CALL);
      expect(await response.json()).toMatchObject({ choices: [{ message: { content: "from the second" } }] });
      expect(response.headers.get("x-switchyard-attempts")).toBe(String(times + 1));
      expect(response.headers.get("x-switchyard-provider")).toBe(second.provider);
      const failed = { ...first, status: "failed", failureKind: kind, httpStatus: status, inputTokens: null };
      const record = await recordOf(response);
      expect(record).toMatchObject({
        status: "succeeded",
        provider: second.provider,
        attemptCount: times + 1,
        inputTokens: 120,
        attempts: [
          ...Array.from({ length: times }, (_, at) => ({ ...failed, number: at + 1 })),
          { ...second, number: times + 1, status: "succeeded", failureKind: null, httpStatus: 200, inputTokens: 120 },
        ],
      });
      expect(gateway.upstream.calls.map(({ provider }) => provider)).toEqual(
        record.attempts.map(({ provider }) => provider),
      );
    },
  );

  test("a target that is well again at the second attempt answers, and no other is asked", async () => {
    let calls = 0;
    gateway.upstream.on(first.provider, (response, call) => {
      calls += 1;
      const script = calls === 1 ? answerError(500, { message: "boom" }) : answerJson(200, completion("well again"));
      return script(response, call);
    });
    const response = await gateway.chat(CALL);
    expect(await response.json()).toMatchObject({ choices: [{ message: { content: "well again" } }] });
    expect(await recordOf(response)).toMatchObject({
      status: "succeeded",
      attempts: [
        { ...first, status: "failed" },
        { ...first, status: "succeeded" },
      ],
    });
  });

  test("a last target of another wire answers in the caller's", async () => {
    const [third] = CHAIN.slice(2);
    for (const { provider } of [first, second]) gateway.upstream.on(provider, answerError(402, { message: "pay" }));
    gateway.upstream.on(third?.provider ?? "", answerAnyWire("from the third"));
    const response = await gateway.chat(CALL);
    expect(await response.json()).toMatchObject({
      object: "chat.completion",
      choices: [{ message: { role: "assistant", content: "from the third" }, finish_reason: "stop" }],
    });
    expect(gateway.upstream.calls.map(({ path }) => path)).toEqual([
      "/chat/completions",
      "/chat/completions",
      `/models/${third?.model}:generateContent`,
    ]);
    expect(await recordOf(response)).toMatchObject({ ...third, attemptCount: 3, inputTokens: 100, outputTokens: 30 });
  });

  test("when all targets fail, the caller learns of every attempt and that waiting can help", async () => {
    scriptAll(answerError(500, { message: "boom" }));
    const response = await gateway.chat(CALL);
    const error = await readError(response);
    expect(error).toMatchObject({ status: 502, code: "all_targets_failed", type: "server_error", retry: [null, "1"] });
    const failed = { kind: "server-error", status: 500, message: "boom", ms: expect.any(Number) };
    const expected = CHAIN.flatMap((target, at) =>
      Array.from({ length: ATTEMPTS_WHERE_ALL_FAIL[at] ?? 0 }, () => ({ ...target, ...failed })),
    );
    expect(error.attempts).toEqual(expected);
    expect(await recordOf(response)).toMatchObject({
      status: "failed",
      httpStatus: 502,
      failureKind: "all_targets_failed",
      attemptCount: expected.length,
      costNanoUsd: "0",
    });
  });

  test("limits that end at once are waited for, and reported when they do not end", async () => {
    scriptAll(answerError(429, { message: "slow down" }, { "retry-after-ms": "20" }));
    const error = await readError(await gateway.chat(CALL));
    expect(error).toMatchObject({ status: 429, code: "rate_limit_exceeded", retry: [null, "1"] });
    expect(error.attempts.map(({ provider }: { provider: string }) => provider)).toEqual(
      CHAIN.flatMap(({ provider }, at) => Array(ATTEMPTS_WHERE_ALL_FAIL[at]).fill(provider)),
    );
  });

  test("limits that outlast the caller's time are reported at once, and nobody is asked again before they end", async () => {
    // Models of its own: for these seconds they are left alone whoever calls.
    const chain = pinnedChain("semantic-search", TIER);
    const limited = answerError(429, { message: "slow down" }, { "retry-after": "7" });
    for (const { provider } of chain) gateway.upstream.on(provider, limited);
    const call = async () => {
      const body = { model: "semantic-search", input: "Hello" };
      return readError(await gateway.post("/embeddings", body, { "x-stainless-timeout": "5" }));
    };
    const error = await call();
    expect(error).toMatchObject({ status: 429, code: "rate_limit_exceeded", retry: [null, "7"] });
    expect(error.attempts).toMatchObject(chain);
    const again = await call();
    expect(again).toMatchObject({ status: 429, code: "rate_limit_exceeded", attempts: [] });
    expect(Number(again.retry[1])).toSatisfy((seconds: number) => seconds >= 1 && seconds <= 7);
    expect(gateway.upstream.calls).toHaveLength(chain.length);
  });

  test("a provider that repeats our key in its refusal does not give it away, and a retry is not advised", async () => {
    for (const { provider } of CHAIN) {
      gateway.upstream.on(provider, answerError(401, { message: `No such key: ${upstreamKey(provider)}.` }));
    }
    const response = await gateway.chat(CALL);
    expect(await readError(response)).toMatchObject({
      status: 502,
      code: "all_targets_failed",
      retry: ["false", null],
    });
    const record = await recordOf(response);
    for (const { provider } of CHAIN) expect(JSON.stringify(record)).not.toContain(upstreamKey(provider));
  });

  test("a request that a provider finds wrong is not sent anywhere else", async () => {
    scriptAll(
      answerError(400, { message: "messages[0] is too odd.", param: "messages[0]", type: "invalid_request_error" }),
    );
    const response = await gateway.chat(CALL);
    expect(await readError(response)).toMatchObject({
      status: 400,
      code: "invalid_request",
      message: "messages[0] is too odd.",
      param: "messages[0]",
      retry: ["false", null],
    });
    expect(gateway.upstream.calls).toHaveLength(1);
    expect(await recordOf(response)).toMatchObject({
      status: "failed",
      httpStatus: 400,
      failureKind: "invalid_request",
      attempts: [{ failureKind: "invalid-request", httpStatus: 400, message: "messages[0] is too odd." }],
    });
  });

  test("a content filter's refusal is passed on as such, also where a provider answers it with 200", async () => {
    for (const script of [
      answerError(400, FILTER_ERROR),
      answerJson(200, { error: { ...FILTER_ERROR, status: 400 } }),
    ]) {
      gateway.upstream.reset();
      scriptAll(script);
      const error = await readError(await gateway.chat(CALL));
      expect(error).toMatchObject({ status: 400, code: "content_filter", retry: ["false", null] });
      expect(error.message).toContain("The prompt was filtered.");
      expect(gateway.upstream.calls).toHaveLength(1);
    }
  });

  test("more tokens than any target takes are a request of the wrong size; who takes no more is not asked", async () => {
    scriptAll(answerError(400, CONTEXT_ERROR));
    const error = await readError(await gateway.chat(CALL));
    expect(error).toMatchObject({ status: 400, code: "context_length_exceeded", retry: ["false", null] });
    expect(error.message).toContain(CONTEXT_ERROR.message);
    // The third takes fewer than the second, which was asked because it takes more than the first.
    expect(error.attempts).toMatchObject([first, second]);
    expect(gateway.upstream.calls).toHaveLength(2);
  });

  test("a provider that nobody answers for is a network failure", async () => {
    const response = await gateway.chat({ ...CALL, model: "vllm/llama" });
    const error = await readError(response);
    expect(error).toMatchObject({ status: 502, code: "all_targets_failed", retry: [null, "1"] });
    expect(error.attempts).toMatchObject([{ provider: "vllm", kind: "network", status: null }]);
    expect(error.message).not.toContain("127.0.0.1");
  });

  test("a model that its provider does not have stays missing: no retry is advised", async () => {
    gateway.upstream.on(
      "openai",
      answerError(404, { message: "The model `x` does not exist", code: "model_not_found" }),
    );
    const error = await readError(await gateway.chat(DIRECT));
    expect(error).toMatchObject({ status: 502, code: "all_targets_failed", retry: ["false", null] });
    expect(error.message).toContain("The model `x` does not exist");
  });

  test("a provider without an account is named, with what to set", async () => {
    const { id } = [...getCatalog().models.values()].find(({ provider }) => provider === "mistral") ?? { id: "" };
    const response = await gateway.chat({ ...CALL, model: `mistral/${id}` });
    const error = await readError(response);
    expect(error).toMatchObject({ status: 422, code: "no_route", retry: ["false", null] });
    expect(error.message).toContain("PLATFORM_MISTRAL_API_KEY");
    expect(await recordOf(response)).toMatchObject({
      status: "failed",
      httpStatus: 422,
      failureKind: "no_route",
      attempts: [],
    });
  });

  test("the official client sees our errors as its own kinds", async () => {
    gateway.upstream.on("openai", answerError(429, { message: "slow down" }));
    const call = gateway.client().chat.completions.create(DIRECT as never);
    await expect(call).rejects.toMatchObject({ name: "Error", status: 429, code: "rate_limit_exceeded" });
  });
});
