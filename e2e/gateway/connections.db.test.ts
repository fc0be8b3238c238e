import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { eventData } from "#e2e/support/event-stream.ts";
import { type GatewayUnderTest, MOUNTS, openGateway } from "#e2e/support/gateway.ts";
import { pinnedChain } from "#e2e/support/pinned-chains.ts";
import { poll, within } from "#e2e/support/poll.ts";
import type { Script } from "#e2e/support/upstream.ts";
import {
  answerStream,
  beginStream,
  chunk,
  saysNothing,
  TEXT_CHUNKS,
  writeEvent,
} from "#e2e/support/upstream-answers.ts";

/** Its answers go on as they come, and its first target speaks OpenAI's wire in this tier. */
const FUNCTION = "reply-drafting";
const TIER = "economy";
const [FIRST] = pinnedChain(FUNCTION, TIER);
const CALL = { model: FUNCTION, messages: [{ role: "user", content: "Hello" }], stream: true };
const STARTED = TEXT_CHUNKS.slice(0, 2);

describe.each(MOUNTS)("connections over the %s mount", (mount) => {
  let gateway: GatewayUnderTest;
  const first = FIRST as { provider: string; model: string };

  beforeAll(async () => {
    gateway = await openGateway(mount);
    await gateway.setTier(TIER);
  });
  afterAll(() => gateway?.close());
  beforeEach(() => gateway.upstream.reset());

  const recordOf = (response: Response) => gateway.invocation(response.headers.get("x-switchyard-invocation-id"));

  const beginsAndGoesSilent: Script = (response) => {
    beginStream(response);
    for (const one of STARTED) writeEvent(response, one);
  };

  test("a caller who leaves in the middle ends the provider's call, and is charged for what was made", async () => {
    gateway.upstream.on(first.provider, beginsAndGoesSilent);
    const leaving = new AbortController();
    const stream = await gateway
      .client()
      .chat.completions.create(CALL as never, { signal: leaving.signal })
      .withResponse();
    const events = (stream.data as unknown as AsyncIterable<unknown>)[Symbol.asyncIterator]();
    await events.next();
    leaving.abort();
    await within("the provider's call to end", 1_000, gateway.upstream.calls[0]?.cutOff ?? Promise.reject());
    const record = await recordOf(stream.response);
    expect(record).toMatchObject({
      status: "aborted",
      failureKind: "client_closed_request",
      outputTokens: expect.toSatisfy((count: number) => count > 0),
      attempts: [{ status: "aborted", failureKind: "client-aborted" }],
    });
    expect(Number(record.costNanoUsd)).toBeGreaterThan(0);
  });

  test.each([
    ["a stream that has not begun", "live", true, saysNothing],
    ["a whole answer", "live", false, saysNothing],
    ["a stream that is held until it is whole", "whole", true, beginsAndGoesSilent],
  ] as const)(
    "a caller of %s who leaves ends the provider's call, and is on record as aborted",
    async (_, delivery, stream, script) => {
      gateway.upstream.on(first.provider, script);
      const leaving = new AbortController();
      const headers = {
        authorization: `Bearer ${gateway.apiKey}`,
        "x-request-id": `left-${mount}-${delivery}-${stream}`,
        "x-switchyard-delivery": delivery,
      };
      const body = JSON.stringify({ ...CALL, stream });
      const url = `${gateway.baseUrl}/v1/chat/completions`;
      const left = fetch(url, { method: "POST", headers, body, signal: leaving.signal }).catch(() => null);
      const call = await poll("the provider's call", 2_000, () => gateway.upstream.calls[0] ?? null);
      leaving.abort();
      await left;
      await within("the provider's call to end", 1_000, call.cutOff);
      const record = await poll("the record", 2_000, async () => {
        const { data } = (await (await gateway.manage("GET", "/invocations?limit=5")).json()) as {
          data: { requestId: string }[];
        };
        return data.find(({ requestId }) => requestId === headers["x-request-id"]) ?? null;
      });
      expect(record).toMatchObject({ status: "aborted", failureKind: "client_closed_request", attemptCount: 1 });
    },
  );

  test("a long answer to a slow reader arrives whole, and nothing piles up meanwhile", async () => {
    const many = Array.from({ length: 3_000 }, (_, at) => chunk({ content: `${at} ${"x".repeat(2_000)}` }));
    gateway.upstream.on(first.provider, answerStream([...many, ...TEXT_CHUNKS]));
    const response = await gateway.chat(CALL);
    let count = 0;
    for await (const _ of eventData(response)) {
      count += 1;
      if (count % 50 === 0) await nextTurn();
    }
    expect(count).toBe(many.length + TEXT_CHUNKS.length + 1);
    expect(gateway.server.lines.join("\n")).not.toMatch(/MaxListeners/);
  });

  test("a stream whose connection ends a moment after its [DONE] leaves it for the next call", async () => {
    let ended = Promise.withResolvers<void>();
    gateway.upstream.on(first.provider, async (response) => {
      beginStream(response);
      for (const one of [...TEXT_CHUNKS, "[DONE]"]) writeEvent(response, one);
      await sleep(10);
      response.end(() => ended.resolve());
    });
    const callAndWait = async () => {
      ended = Promise.withResolvers();
      await (await gateway.chat(CALL)).text();
      await ended.promise;
    };
    await callAndWait();
    const before = gateway.upstream.connectionCount();
    for (let at = 0; at < 10; at += 1) await callAndWait();
    // One that is a moment late finds its connection taken and opens another; without the habit it would be ten.
    expect(gateway.upstream.connectionCount() - before).toBeLessThan(5);
  });

  test.each(["anthropic/a-model", "google/a-model", "groq/a-model"])(
    "%s is let go of when it sends what is no answer and goes silent",
    async (model) => {
      gateway.upstream.on(model.split("/")[0] ?? "", (response) => {
        beginStream(response);
        writeEvent(response, "{oops");
      });
      const response = await gateway.chat({ ...CALL, model });
      expect(response.status).toBe(502);
      expect(gateway.upstream.calls.length).toBeGreaterThan(1);
      for (const { cutOff } of gateway.upstream.calls) await within("the provider's call to end", 2_000, cutOff);
    },
  );

  test("a provider that keeps its connection open after [DONE] does not keep the caller waiting", async () => {
    gateway.upstream.on(first.provider, (response) => {
      beginStream(response);
      for (const one of [...TEXT_CHUNKS, "[DONE]"]) writeEvent(response, one);
    });
    const text = await within(
      "the end",
      500,
      gateway.chat(CALL).then((response) => response.text()),
    );
    expect(text).toMatch(/\[DONE\]\n\n$/);
    await within(
      "the provider's connection to be closed",
      3_000,
      gateway.upstream.calls[0]?.cutOff ?? Promise.reject(),
    );
  });
});
