import { describe, expect, test } from "vitest";
import { DEMO_CONNECTION } from "#e2e/isolation/support/gateway.ts";
import type { ProviderRequest, StreamEvent } from "#lib/gateway/ports.ts";
import { ANSWERS } from "./answers.ts";
import { createDemoProvider, type DemoClock } from "./index.ts";

const slept: number[] = [];
const clock: DemoClock = {
  now: () => 1_795_000_000_500,
  sleep: async (ms) => {
    slept.push(ms);
  },
};
const provider = createDemoProvider({ clock });
const EMAIL = "Our invoice is wrong and the dashboard is down. Please refund us today, Maria Lopez";

function request(
  part: Partial<ProviderRequest> & { options?: Record<string, unknown>; text?: string } = {},
): ProviderRequest {
  const { options, text = EMAIL, ...rest } = part;
  const body = { model: "gpt-6-luna", messages: [{ role: "user", content: text }], ...options };
  return {
    connection: DEMO_CONNECTION,
    model: "gpt-6-luna",
    functionSlug: "email-classification",
    wire: "openai-chat",
    via: "native",
    body,
    source: JSON.stringify(body),
    edits: {},
    tenantId: "t",
    passHeaders: {},
    isStream: false,
    signal: new AbortController().signal,
    ...rest,
  };
}

async function complete(part?: Parameters<typeof request>[0]) {
  const answer = await provider.call(request(part));
  if (answer.kind !== "answer") throw new Error(`Expected an answer, got ${answer.kind}.`);
  return { answer, body: JSON.parse(new TextDecoder().decode(answer.body)) };
}

async function stream(part?: Parameters<typeof request>[0]): Promise<StreamEvent[]> {
  const answer = await provider.call(request({ ...part, isStream: true }));
  if (answer.kind !== "stream") throw new Error(`Expected a stream, got ${answer.kind}.`);
  const events: StreamEvent[] = [];
  for await (const event of answer.events) events.push(event);
  return events;
}

const chunksOf = (events: StreamEvent[]) =>
  events.flatMap(({ sse, isEnd }) => (sse === null || isEnd ? [] : [JSON.parse(sse.data)]));
const textOf = (events: StreamEvent[]) =>
  chunksOf(events)
    .map((chunk) => chunk.choices[0]?.delta.content ?? "")
    .join("");

describe("demo provider, whole answers", () => {
  test("an answer is a chat completion that says it is simulated", async () => {
    const { answer, body } = await complete();
    expect(body).toMatchObject({
      id: expect.stringMatching(/^chatcmpl-demo-[0-9a-f]{8}$/),
      object: "chat.completion",
      created: 1_795_000_000,
      model: "gpt-6-luna",
      system_fingerprint: "simulated",
      choices: [{ index: 0, message: { role: "assistant", refusal: null }, logprobs: null, finish_reason: "stop" }],
    });
    expect(body.usage.prompt_tokens).toBe(Math.ceil(`user\n${EMAIL}`.length / 4));
    expect(body.usage.total_tokens).toBe(body.usage.prompt_tokens + body.usage.completion_tokens);
    expect(answer.usage).toMatchObject({
      inputTokens: body.usage.prompt_tokens,
      outputTokens: body.usage.completion_tokens,
    });
    expect(answer.finishReason).toBe("stop");
  });

  test("an email is classified by its words", async () => {
    const { body } = await complete();
    expect(JSON.parse(body.choices[0].message.content)).toMatchObject({ category: "billing", urgency: "high" });
  });

  test("the same request gets the same answer, another one another", async () => {
    const brief = { functionSlug: "meeting-brief-generation" };
    const [first, second, other] = await Promise.all([
      complete(brief),
      complete(brief),
      complete({ ...brief, text: "Renewal" }),
    ]);
    expect(second.body).toEqual(first.body);
    expect(other.body.id).not.toBe(first.body.id);
  });

  test.each([...Object.keys(ANSWERS), null, "a-tenants-own"])(
    "%s: JSON stays JSON, prose says that it is simulated",
    async (functionSlug) => {
      for (const text of [EMAIL, "", "?", "Warum ist das kaputt"]) {
        const { body } = await complete({ functionSlug, text });
        const content: string = body.choices[0].message.content;
        if (content.startsWith("{")) expect(JSON.parse(content)).toBeTypeOf("object");
        else expect(content).toMatch(/\(Simulated answer: no provider is connected\.\)$/);
      }
    },
  );

  test("a function's name that every object has is no function of ours", async () => {
    const { body } = await complete({ functionSlug: "constructor" });
    expect(body.choices[0].message.content).toContain("Simulated answer");
  });

  test("parts of a message are read, and odd messages do no harm", async () => {
    const messages = [
      null,
      7,
      { role: "user", content: [{ type: "text", text: "Please cancel it" }, { type: "image_url" }] },
    ];
    const { body } = await complete({ options: { messages } });
    expect(JSON.parse(body.choices[0].message.content).category).toBe("cancellation");
  });
});

describe("demo provider, request options", () => {
  test.each(["max_tokens", "max_completion_tokens"])("%s cuts the answer and says so", async (limit) => {
    const { body } = await complete({ functionSlug: null, options: { [limit]: 5 } });
    expect(body.choices[0].finish_reason).toBe("length");
    expect(body.usage.completion_tokens).toBe(5);
  });

  test("a stop sequence ends the answer before it", async () => {
    const { body } = await complete({ functionSlug: "reply-drafting", options: { stop: ["Best", "regards"] } });
    expect(body.choices[0].message.content).toMatch(/^Hello,[\s\S]*\.\n\n$/);
    expect(body.choices[0].finish_reason).toBe("stop");
  });

  test("n asks for that many choices", async () => {
    const { body } = await complete({ options: { n: 3 } });
    expect(body.choices.map((choice: { index: number }) => choice.index)).toEqual([0, 1, 2]);
  });

  test("json_object makes prose a JSON object", async () => {
    const { body } = await complete({ functionSlug: null, options: { response_format: { type: "json_object" } } });
    expect(JSON.parse(body.choices[0].message.content).answer).toBeTypeOf("string");
  });

  test("json_schema is answered with its required properties, the function's own values where they fit", async () => {
    const schema = {
      type: "object",
      required: ["category", "urgency", "score", "tags"],
      properties: {
        category: { enum: ["billing", "other"] },
        urgency: { type: "string" },
        score: { type: "integer", minimum: 3 },
        tags: { type: "array", minItems: 1, items: { type: "string" } },
        note: { type: "string" },
      },
    };
    const { body } = await complete({
      options: { response_format: { type: "json_schema", json_schema: { name: "x", schema } } },
    });
    expect(JSON.parse(body.choices[0].message.content)).toEqual({
      category: "billing",
      urgency: "high",
      score: 3,
      tags: ["simulated tags"],
    });
  });

  const tools = ["first", "second"].map((name) => ({
    type: "function",
    function: { name, parameters: { type: "object", required: ["city"], properties: { city: { type: "string" } } } },
  }));

  test.each([
    ["required", "first"],
    [{ type: "function", function: { name: "second" } }, "second"],
  ])("tool_choice %j is answered with a call that fits the tool", async (tool_choice, name) => {
    const { body } = await complete({ options: { tools, tool_choice } });
    const [choice] = body.choices;
    expect(choice).toMatchObject({ finish_reason: "tool_calls", message: { content: null } });
    expect(choice.message.tool_calls[0].function.name).toBe(name);
    expect(JSON.parse(choice.message.tool_calls[0].function.arguments)).toEqual({ city: "simulated city" });
  });

  test("tools that need not be called are not", async () => {
    const { body } = await complete({ options: { tools } });
    expect(body.choices[0].message.tool_calls).toBeUndefined();
  });
});

describe("demo provider, streams", () => {
  test("a stream's pieces are the whole answer's text, with role first and usage last", async () => {
    const options = { stream_options: { include_usage: true } };
    const whole = await complete({ functionSlug: "document-summary", options });
    const events = await stream({ functionSlug: "document-summary", options });
    expect(textOf(events)).toBe(whole.body.choices[0].message.content);
    const chunks = chunksOf(events);
    expect(chunks[0].choices[0].delta).toMatchObject({ role: "assistant", content: "" });
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: whole.body.usage });
    expect(chunks.slice(0, -1).every((chunk) => chunk.usage === null)).toBe(true);
    expect(events.at(-2)?.usage).toEqual(whole.answer.usage);
    expect(events.at(-1)).toMatchObject({ sse: { data: "[DONE]" }, isEnd: true });
    expect(events.filter((event) => event.finishReason === "stop")).toHaveLength(1);
    expect(events.filter((event) => event.hasContent).length).toBeGreaterThan(3);
  });

  test("usage reaches the gateway, and not a caller that did not ask for it", async () => {
    const events = await stream();
    expect(events.find((event) => event.usage !== null)).toMatchObject({ sse: null });
    expect(chunksOf(events).some((chunk) => "usage" in chunk)).toBe(false);
  });

  test("a forced tool call is streamed in pieces that join to its arguments", async () => {
    const tools = [
      { type: "function", function: { name: "look_up", parameters: { type: "object", required: ["a", "b"] } } },
    ];
    const events = await stream({ options: { tools, tool_choice: "required" } });
    const calls = chunksOf(events).flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? []);
    expect(calls[0].function.name).toBe("look_up");
    const joined = calls.map((call: { function: { arguments: string } }) => call.function.arguments).join("");
    expect(Object.keys(JSON.parse(joined))).toEqual(["a", "b"]);
  });

  test("a caller that has gone ends the stream with a failure", async () => {
    const controller = new AbortController();
    const answer = await provider.call(request({ isStream: true, signal: controller.signal }));
    if (answer.kind !== "stream") throw new Error("Expected a stream.");
    const events: StreamEvent[] = [];
    for await (const event of answer.events) {
      events.push(event);
      if (event.hasContent) controller.abort();
    }
    expect(events.at(-1)?.failure?.kind).toBe("client-aborted");
    expect(events.filter((event) => event.hasContent)).toHaveLength(1);
  });
});

describe("demo provider, time", () => {
  test("the first token takes 40 to 120 ms, each piece 10 ms", async () => {
    slept.length = 0;
    const events = await stream();
    expect(slept[0]).toBeGreaterThanOrEqual(40);
    expect(slept[0]).toBeLessThanOrEqual(120);
    expect(slept.slice(1)).toEqual(events.filter((event) => event.hasContent).map(() => 10));
  });

  test("a caller that leaves while waiting gets a failure at once", async () => {
    const controller = new AbortController();
    const pending = createDemoProvider().call(request({ signal: controller.signal }));
    controller.abort();
    expect(await pending).toMatchObject({ kind: "failure", failure: { kind: "client-aborted" } });
  });

  test("with the system's clock an answer comes by itself", async () => {
    const answer = await createDemoProvider().call(request());
    expect(answer.kind).toBe("answer");
  });
});
