import { describe, expect, test } from "vitest";
import { DEMO_CONNECTION } from "#e2e/isolation/support/gateway.ts";
import type { WireId } from "#lib/gateway/contract/wire.ts";
import type { ProviderAnswer, StreamEvent } from "#lib/gateway/ports.ts";
import { createDemoProvider } from "./index.ts";

const provider = createDemoProvider({ clock: { now: () => 1_795_000_000_500, sleep: async () => {} } });

function call(wire: WireId, body: Record<string, unknown>, signal = new AbortController().signal) {
  return provider.call({
    connection: DEMO_CONNECTION,
    model: "a-model",
    functionSlug: "email-classification",
    wire,
    via: wire === "openai-chat" || wire === "openai-embeddings" ? "native" : "translation",
    body,
    source: JSON.stringify(body),
    edits: {},
    tenantId: "t",
    passHeaders: {},
    isStream: body.stream === true,
    signal,
  });
}

function bodyOf(answer: ProviderAnswer) {
  if (answer.kind !== "answer") throw new Error(JSON.stringify(answer));
  return JSON.parse(new TextDecoder().decode(answer.body));
}

async function eventsOf(answer: ProviderAnswer): Promise<StreamEvent[]> {
  if (answer.kind !== "stream") throw new Error(JSON.stringify(answer));
  const events: StreamEvent[] = [];
  for await (const event of answer.events) events.push(event);
  return events;
}

const TEXT = "Our invoice is wrong and the dashboard is down. Please refund us today.";
const TOOL = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };

/** One question in each wire, where its answer's text stands, and what its stream ends with. */
const WIRES = [
  {
    wire: "openai-chat",
    body: { messages: [{ role: "user", content: TEXT }] },
    forced: {
      tools: [{ type: "function", function: { name: "find", parameters: TOOL } }],
      tool_choice: "required",
    },
    textIn: (body: Answer) => body.choices[0].message.content,
    toolIn: (body: Answer) => body.choices[0].message.tool_calls[0].function,
    end: "[DONE]",
  },
  {
    wire: "openai-responses",
    body: { input: TEXT },
    forced: { tools: [{ type: "function", name: "find", parameters: TOOL, strict: false }], tool_choice: "required" },
    textIn: (body: Answer) => body.output[0].content[0].text,
    toolIn: (body: Answer) => body.output[0],
    end: "response.completed",
  },
  {
    wire: "anthropic-messages",
    body: { max_tokens: 500, messages: [{ role: "user", content: TEXT }] },
    forced: { tools: [{ name: "find", input_schema: TOOL }], tool_choice: { type: "any" } },
    textIn: (body: Answer) => body.content[0].text,
    toolIn: ({ content: [{ name, input }] }: Answer) => ({ name, arguments: JSON.stringify(input) }),
    end: "message_stop",
  },
] as const;

// biome-ignore lint/suspicious/noExplicitAny: a wire's own JSON, whose shape is what is tested.
type Answer = any;

describe.each(WIRES)("$wire", ({ wire, body, forced, textIn, toolIn, end }) => {
  test("is answered in its own words, with tokens", async () => {
    const answer = await call(wire, body);
    expect(JSON.parse(textIn(bodyOf(answer)))).toMatchObject({ category: "billing" });
    expect(answer).toMatchObject({ finishReason: "stop", usage: { inputTokens: expect.any(Number) } });
  });

  test("is streamed to the same text and its end mark", async () => {
    const events = await eventsOf(await call(wire, { ...body, stream: true }));
    expect(events.map(({ text }) => text).join("")).toBe(textIn(bodyOf(await call(wire, body))));
    expect(events.filter(({ hasContent }) => hasContent).length).toBeGreaterThan(1);
    expect(events.filter(({ isEnd }) => isEnd)).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ isEnd: true, failure: null });
    expect(events.at(-1)?.sse?.event ?? events.at(-1)?.sse?.data).toBe(end);
    expect(events.find(({ finishReason }) => finishReason !== null)?.finishReason).toBe("stop");
    expect(events.findLast(({ usage }) => usage !== null)?.usage?.outputTokens).toBeGreaterThan(0);
  });

  test("is answered with a call of the tool that must be called", async () => {
    const answer = await call(wire, { ...body, ...forced });
    expect(answer).toMatchObject({ finishReason: "tool-calls" });
    const { name, arguments: given } = toolIn(bodyOf(answer));
    expect([name, JSON.parse(given)]).toEqual(["find", { city: "simulated city" }]);
  });

  test("ends when its caller has gone", async () => {
    expect(await call(wire, body, AbortSignal.abort())).toMatchObject({
      kind: "failure",
      failure: { kind: "client-aborted" },
    });
  });
});

describe("openai-embeddings", () => {
  const vectorsOf = async (input: unknown, part: Record<string, unknown> = {}): Promise<number[][]> => {
    const { data } = bodyOf(await call("openai-embeddings", { input, ...part }));
    return data.map(({ embedding }: { embedding: number[] }) => embedding);
  };
  const likeness = (one: number[] = [], other: number[] = []) =>
    one.reduce((sum, value, at) => sum + value * (other[at] as number), 0);

  test("is answered with a vector of length 1 for each text, in order, with tokens", async () => {
    const answer = await call("openai-embeddings", { input: ["a b c", "d"] });
    const body = bodyOf(answer);
    expect(body).toMatchObject({ object: "list", model: "a-model", usage: { prompt_tokens: 4, total_tokens: 4 } });
    expect(body.data.map(({ index }: { index: number }) => index)).toEqual([0, 1]);
    for (const { embedding } of body.data) {
      expect(embedding).toHaveLength(1_536);
      expect(Math.hypot(...embedding)).toBeCloseTo(1);
    }
    expect(answer).toMatchObject({ usage: { inputTokens: 4, outputTokens: 0 } });
  });

  test("texts that share words lie nearer than texts that do not", async () => {
    const [asked, near, far] = await vectorsOf([
      "How do I cancel my subscription?",
      "Cancel a subscription in the settings",
      "Our office in Oslo has moved",
    ]);
    expect(likeness(asked, near)).toBeGreaterThan(likeness(asked, far) + 0.2);
  });

  test("the same text has the same vector, however it is written or asked for", async () => {
    const [[one], [same]] = await Promise.all([vectorsOf("Hello, World"), vectorsOf(["hello world!"])]);
    expect(same).toEqual(one);
    const [packed] = await vectorsOf("Hello World", { encoding_format: "base64" });
    const unpacked = new Float32Array(new Uint8Array(Buffer.from(String(packed), "base64")).buffer);
    expect(likeness([...unpacked], one)).toBeCloseTo(1);
  });

  test.each([
    [256, 256],
    [3_072, 3_072],
    [undefined, 1_536],
  ])("dimensions %s: %i of them", async (dimensions, expected) => {
    expect((await vectorsOf("hi", { dimensions }))[0]).toHaveLength(expected);
  });

  test.each([[""], ["?!"], [[""]], [[1, 2, 3]], [[[1, 2], [3]]], [null], [[null, {}]]])(
    "%j has vectors, too",
    async (input) => {
      for (const vector of await vectorsOf(input)) expect(Math.hypot(...vector)).toBeCloseTo(1);
    },
  );
});

test("a wire that nothing speaks for it is a failure, not an exception", async () => {
  const body = { messages: [{ role: "user", content: "x" }] };
  expect(await call("anthropic-count-tokens", body)).toMatchObject({ failure: { kind: "unsupported" } });
});
