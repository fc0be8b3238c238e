import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { collect, eventData } from "#e2e/support/event-stream.ts";
import { type GatewayUnderTest, MOUNTS, openGateway } from "#e2e/support/gateway.ts";
import { pinnedChain } from "#e2e/support/pinned-chains.ts";
import { within } from "#e2e/support/poll.ts";
import { type Script, upstreamKey } from "#e2e/support/upstream.ts";
import {
  answerError,
  answerJson,
  answerStream,
  answerText,
  beginStream,
  chunk,
  completion,
  TEXT_CHUNKS,
  writeEvent,
} from "#e2e/support/upstream-answers.ts";

const TIER = "economy";
/** Its answers go on as they come, and its first two targets speak OpenAI's wire in this tier. */
const FUNCTION = "reply-drafting";
/** Its answers are held until they are whole, from the same targets. */
const HELD_FUNCTION = "action-item-extraction";
const CHAIN = pinnedChain(FUNCTION, TIER);
const CALL = { model: FUNCTION, messages: [{ role: "user", content: "Hello" }], stream: true };
const STARTED = TEXT_CHUNKS.slice(0, 2);
const PROVIDER_ERROR = { error: { message: "The model stumbled.", type: "server_error", code: "server_error" } };

/** How a stream that has begun goes wrong for good, and how that is recorded. */
const BREAKS: [name: string, script: Script, kind: string, message: RegExp][] = [
  ["the connection breaks", answerStream(STARTED, "cut"), "stream-interrupted", /closed the connection|could not be/],
  ["it ends before the answer does", answerStream(STARTED, "silent"), "stream-interrupted", /ended before/],
  ["its end mark comes too early", answerStream(STARTED), "stream-interrupted", /without saying how/],
  ["the provider reports an error", answerStream([...STARTED, PROVIDER_ERROR]), "server-error", /The model stumbled/],
  ["an event is not JSON", answerStream([...STARTED, "{oops", ...TEXT_CHUNKS.slice(2)]), "bad-response", /not JSON/],
];

/** Streams that never began, for the caller: each target is tried a second time. */
const NEVER_BEGUN: [name: string, script: Script, kind: string][] = [
  ["an error as its first event", answerStream([PROVIDER_ERROR]), "server-error"],
  ["no event at all", answerStream([], "silent"), "bad-response"],
  ["nothing but its end", answerStream(["[DONE]"], "silent"), "bad-response"],
  ["HTML", answerText(200, "text/html", "<h1>Welcome</h1>\n\n"), "bad-response"],
  ["a whole answer that is an error", answerJson(200, PROVIDER_ERROR), "server-error"],
  ["a 503", answerError(503, { message: "busy" }), "overloaded"],
];

describe.each(MOUNTS)("streams over the %s mount", (mount) => {
  let gateway: GatewayUnderTest;
  const [first, second] = CHAIN as [(typeof CHAIN)[number], (typeof CHAIN)[number]];

  beforeAll(async () => {
    gateway = await openGateway(mount);
    await gateway.setTier(TIER);
    expect(pinnedChain(HELD_FUNCTION, TIER)).toEqual(CHAIN);
  });
  afterAll(() => gateway?.close());
  beforeEach(() => gateway.upstream.reset());

  const recordOf = (response: Response) => gateway.invocation(response.headers.get("x-switchyard-invocation-id"));

  test("every event reaches the caller when it comes, not when the answer is whole", async () => {
    const gates = TEXT_CHUNKS.map(() => Promise.withResolvers<void>());
    gateway.upstream.on(first.provider, async (response) => {
      beginStream(response);
      for (const [at, one] of TEXT_CHUNKS.entries()) {
        writeEvent(response, one);
        await gates[at]?.promise;
      }
      response.end("data: [DONE]\n\n");
    });
    const answered = gateway.chat(CALL);
    // Until there is something to read another target could still take over: nothing has gone out.
    gates[0]?.resolve();
    const events = eventData(await within("the headers", 2_000, answered));
    for (const [at, one] of TEXT_CHUNKS.entries()) {
      const { value } = await within(`event ${at}`, 2_000, events.next());
      expect(JSON.parse(value as string)).toEqual(one);
      gates[at]?.resolve();
    }
    expect((await events.next()).value).toBe("[DONE]");
  });

  test.each(BREAKS)(
    "when %s, one error event is the last, and the call is on record as failed",
    async (_, script, kind, message) => {
      gateway.upstream.on(first.provider, script);
      const response = await gateway.chat(CALL);
      expect(response.status).toBe(200);
      const data = (await collect(eventData(response))).map((one) => JSON.parse(one));
      expect(data.slice(0, -1)).toEqual(STARTED);
      expect(data.at(-1)).toMatchObject({ error: { message: expect.stringMatching(message), attempts: [{ kind }] } });
      expect(gateway.upstream.calls).toHaveLength(1);
      expect(await recordOf(response)).toMatchObject({
        status: "failed",
        httpStatus: 200,
        failureKind: "all_targets_failed",
        attempts: [{ status: "failed", failureKind: kind, message: expect.stringMatching(message) }],
      });
    },
  );

  test.each(BREAKS)(
    "when %s in an answer that is held, the caller gets a whole one all the same",
    async (_, script, kind, message) => {
      gateway.upstream.on(first.provider, script);
      gateway.upstream.on(second.provider, answerStream(TEXT_CHUNKS));
      const response = await gateway.chat({ ...CALL, model: HELD_FUNCTION });
      const data = await collect(eventData(response));
      expect(data.pop()).toBe("[DONE]");
      expect(data.map((one) => JSON.parse(one))).toEqual(TEXT_CHUNKS);
      const failed = { ...first, status: "failed", failureKind: kind, message: expect.stringMatching(message) };
      expect(await recordOf(response)).toMatchObject({
        status: "succeeded",
        failureKind: null,
        attempts: [failed, failed, { ...second, status: "succeeded" }],
      });
    },
  );

  test("a stream that breaks goes on at the next target that takes its beginning, and reads as one answer", async () => {
    const slug = "document-summary";
    const [begins, cannot, goesOn] = pinnedChain(slug, TIER);
    gateway.upstream.on(begins?.provider ?? "", answerStream(STARTED, "cut"));
    const [opening, , ...rest] = TEXT_CHUNKS;
    const others = [opening, ...rest].map((one) => ({ ...one, id: "chatcmpl-other" }));
    gateway.upstream.on(goesOn?.provider ?? "", answerStream(others));
    const response = await gateway.chat({ ...CALL, model: slug });
    const data = await collect(eventData(response));
    expect(data.pop()).toBe("[DONE]");
    expect(data.map((one) => JSON.parse(one))).toEqual(TEXT_CHUNKS);
    const { body } = gateway.upstream.calls.at(-1) ?? {};
    expect(body.messages).toEqual([...CALL.messages, { role: "assistant", content: "Hello", prefix: true }]);
    expect(cannot?.provider).toBe("google");
    expect(await recordOf(response)).toMatchObject({
      status: "succeeded",
      attempts: [
        { ...begins, status: "failed", failureKind: "stream-interrupted" },
        { ...goesOn, status: "succeeded" },
      ],
    });
  });

  test("the official client throws where a stream breaks", async () => {
    gateway.upstream.on(first.provider, answerStream(STARTED, "cut"));
    const stream = await gateway.client().chat.completions.create({ ...CALL, stream: true } as never);
    await expect(collect(stream as unknown as AsyncIterable<unknown>)).rejects.toThrow(/failed/);
  });

  test.each(NEVER_BEGUN)("a stream with %s is passed over unseen", async (_, script, kind) => {
    gateway.upstream.on(first.provider, script);
    gateway.upstream.on(second.provider, answerStream(TEXT_CHUNKS));
    const response = await gateway.chat(CALL);
    const data = await collect(eventData(response));
    expect(data.pop()).toBe("[DONE]");
    expect(data.map((one) => JSON.parse(one))).toEqual(TEXT_CHUNKS);
    expect(await recordOf(response)).toMatchObject({
      status: "succeeded",
      attempts: [
        { ...first, status: "failed", failureKind: kind },
        { ...first, status: "failed", failureKind: kind },
        { ...second, status: "succeeded" },
      ],
    });
  });

  test("streams that never began anywhere are a plain error, on record with the status that the caller saw", async () => {
    for (const { provider } of CHAIN) gateway.upstream.on(provider, answerStream([], "silent"));
    const response = await gateway.chat(CALL);
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ error: { code: "all_targets_failed" } });
    expect(await recordOf(response)).toMatchObject({ status: "failed", httpStatus: 502 });
  });

  test("an answer that is whole but lacks its [DONE] gets one", async () => {
    gateway.upstream.on(first.provider, answerStream(TEXT_CHUNKS, "silent"));
    const response = await gateway.chat(CALL);
    expect((await collect(eventData(response))).at(-1)).toBe("[DONE]");
    // Its provider did not count either.
    expect(await recordOf(response)).toMatchObject({ status: "succeeded", isUsageEstimated: true });
  });

  test("comments, CRLF, event names and data over several lines are understood", async () => {
    const [start, hello, there, stop] = TEXT_CHUNKS.map((one) => JSON.stringify(one));
    const pretty = JSON.stringify(JSON.parse(there as string), null, 1).replaceAll("\n", "\r\ndata: ");
    const text = `: keep-alive\r\n\r\nevent: x\r\nid: 7\r\ndata:${start}\r\n\r\ndata: ${hello}\r\n\r\ndata: ${pretty}\r\n\r\ndata: ${stop}\r\n\r\ndata: [DONE]\r\n\r\n`;
    gateway.upstream.on(first.provider, answerText(200, "text/event-stream", text));
    const data = await collect(eventData(await gateway.chat(CALL)));
    expect(data.pop()).toBe("[DONE]");
    expect(data.map((one) => JSON.parse(one))).toEqual(TEXT_CHUNKS);
  });

  test("a provider that repeats our key inside a stream does not give it away", async () => {
    const leak = { error: { message: `Key ${upstreamKey(first.provider)} ran out.`, code: "server_error" } };
    gateway.upstream.on(first.provider, answerStream([...STARTED, leak]));
    const response = await gateway.chat(CALL);
    expect(await response.text()).not.toContain(upstreamKey(first.provider));
    expect(JSON.stringify(await recordOf(response))).not.toContain(upstreamKey(first.provider));
  });

  test("whole answers and streams can be asked for side by side without mixing", async () => {
    gateway.upstream.on(first.provider, (response, call) => {
      const { content } = call.body.messages[0];
      const script = call.body.stream
        ? answerStream([chunk({ content }), chunk({}, "stop")])
        : answerJson(200, completion(content));
      return script(response, call);
    });
    const calls = Array.from({ length: 40 }, async (_, at) => {
      const messages = [{ role: "user", content: `call ${at}` }];
      const text = await (await gateway.chat({ ...CALL, messages, stream: at % 2 === 0 })).text();
      expect(text.match(/call \d+/g)).toEqual([`call ${at}`]);
    });
    await Promise.all(calls);
  });
});
