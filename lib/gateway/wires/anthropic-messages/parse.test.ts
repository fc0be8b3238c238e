import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GatewayError } from "../../errors.ts";
import { parseCountTokens, parseMessages } from "./parse.ts";

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const parse = (fields: Record<string, unknown>) =>
  parseMessages(bytes({ messages: [{ role: "user", content: "Hello" }], ...fields }));

test("a request keeps its text, and fields that nobody here knows", () => {
  const source =
    '{"model": "a", "max_tokens": 10, "stream": true, "new": 1.0, "messages": [{"role":"user","content":"Hi"}]}';
  expect(parseMessages(new TextEncoder().encode(source))).toMatchObject({
    source,
    body: { model: "a", new: 1, messages: [{ role: "user", content: "Hi" }] },
    model: "a",
    isStream: true,
  });
});

test("the model may be named elsewhere, and a limit by the function", () => {
  expect(parse({})).toMatchObject({ model: undefined, isStream: false, needs: [], hints: [] });
});

describe("what is wrong is said with the field that it is about", () => {
  const block = (one: unknown) => ({ messages: [{ role: "user", content: [{ type: "text", text: "a" }, one] }] });
  test.each([
    [{ messages: undefined }, "messages", "`messages` must be a list."],
    [{ messages: [] }, "messages", "`messages` must hold at least one message."],
    [{ messages: ["Hello"] }, "messages[0]", "`messages[0]` must be an object."],
    [
      { messages: [{ role: "tool", content: "a" }] },
      "messages[0].role",
      "`messages[0].role` must be `user` or `assistant`.",
    ],
    [
      { messages: [{ role: "user" }] },
      "messages[0].content",
      "`messages[0].content` must be a string or a list of content blocks.",
    ],
    [block("a"), "messages[0].content[1]", "`messages[0].content[1]` must be an object with a `type`."],
    [block({ type: "text" }), "messages[0].content[1].text", "`messages[0].content[1].text` must be a string."],
    [
      block({ type: "tool_result", tool_use_id: "a", content: [{ type: "image", source: { type: "url", url: "x" } }] }),
      "messages[0].content[1].content[0].source.url",
      expect.stringContaining("must be a full address"),
    ],
    [block({ type: "tool_use", id: "a", name: "b", input: "{}" }), "messages[0].content[1].input", expect.anything()],
    [{ system: [{ type: "text", text: 1 }] }, "system[0].text", expect.anything()],
    [{ tools: [{ name: "a" }] }, "tools[0].input_schema", "`tools[0].input_schema` must be an object."],
    [{ tool_choice: { type: "tool" } }, "tool_choice.name", expect.anything()],
    [{ max_tokens: 0 }, "max_tokens", "`max_tokens` must be at least 1."],
    [{ max_tokens: 1.5 }, "max_tokens", "`max_tokens` must be a whole number."],
    [{ stop_sequences: ["a", 1] }, "stop_sequences[1]", "`stop_sequences[1]` must be a string."],
    [{ output_config: { format: { type: "json_schema" } } }, "output_config.format.schema", expect.anything()],
    [{ stream: "yes" }, "stream", "`stream` must be true or false."],
  ])("%j", (fields, param, message) => {
    expect(() => parse(fields)).toThrow(expect.objectContaining({ code: "invalid_request", param, message }));
  });

  test("a list is no request", () => {
    expect(() => parseMessages(bytes([]))).toThrow("The body must be a JSON object.");
  });
});

test("counting tokens takes the same request, but for what only an answer has", () => {
  const body = { model: "a", messages: [{ role: "user", content: "Hello" }], tools: [{ name: "b", input_schema: {} }] };
  expect(parseCountTokens(bytes(body))).toMatchObject({
    isStream: false,
    needs: [{ feature: "tools", param: "tools" }],
  });
  expect(() => parseCountTokens(bytes({ ...body, stream: true }))).toThrow(
    expect.objectContaining({ param: "stream" }),
  );
});

describe("whatever comes is read or refused, and nothing else", () => {
  const type = fc.constantFrom(
    ...["text", "image", "document", "tool_use", "tool_result", "thinking", "redacted_thinking", "new", "__proto__"],
  );
  const anything = fc.oneof(fc.jsonValue(), fc.constantFrom("\u0000", "\ud800", "", -0, null));
  const { node } = fc.letrec((tie) => ({
    node: fc.record(
      {
        type,
        text: anything,
        source: fc.oneof(tie("node"), anything),
        content: fc.oneof({ maxDepth: 3 }, anything, fc.array(tie("node"), { maxLength: 3 })),
        input: anything,
        id: anything,
        name: anything,
        tool_use_id: fc.string(),
        citations: anything,
        cache_control: anything,
        is_error: anything,
        data: anything,
        url: fc.webUrl(),
        media_type: anything,
      },
      { requiredKeys: ["type"] },
    ),
  }));
  const content = fc.oneof(fc.string(), fc.array(node, { maxLength: 4 }), anything);
  const message = fc.record(
    { role: fc.constantFrom("user", "assistant", "system", "x"), content },
    { requiredKeys: [] },
  );
  const request = fc.record(
    {
      model: anything,
      messages: fc.oneof({ weight: 9, arbitrary: fc.array(message, { maxLength: 4 }) }, anything),
      system: content,
      tools: fc.oneof(
        fc.array(fc.record({ name: fc.string(), type: anything, input_schema: anything }, { requiredKeys: [] })),
        anything,
      ),
      tool_choice: fc.oneof(anything, node),
      thinking: fc.oneof(anything, node),
      output_config: fc.oneof(anything, fc.record({ format: fc.oneof(node, anything), effort: anything })),
      output_format: anything,
      metadata: anything,
      stop_sequences: anything,
      top_k: anything,
      max_tokens: anything,
      stream: anything,
      cache_control: anything,
      service_tier: anything,
    },
    { requiredKeys: [] },
  );

  const readOrRefuse = (body: Uint8Array) => {
    for (const read of [parseMessages, parseCountTokens]) {
      try {
        const { needs, hints } = read(body);
        expect(Array.isArray(needs) && Array.isArray(hints)).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(GatewayError);
        expect((error as GatewayError).code).toBe("invalid_request");
      }
    }
  };

  test("any field may hold anything", { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(request, (body) => readOrRefuse(bytes(body))),
      { seed: 20_261_124, numRuns: 500 },
    );
  });

  test("any bytes may come", () => {
    fc.assert(fc.property(fc.uint8Array(), readOrRefuse), { seed: 20_261_124 });
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => readOrRefuse(new TextEncoder().encode(text))),
      { seed: 20_261_124 },
    );
  });

  test.each([
    ["messages that are none", { messages: new Array(4_000_000).fill(1) }, "messages[0]"],
    ["messages", { messages: new Array(300_000).fill({ role: "user", content: "a" }) }, null],
    ["blocks that are none", { messages: [{ role: "user", content: new Array(4_000_000).fill({}) }] }, null],
  ])("millions of %s are refused, and most of them never looked at", (_, body, param) => {
    const refused = expect.objectContaining({ code: "invalid_request", status: 400, param });
    expect(() => parseMessages(bytes(body))).toThrow(refused);
    expect(() => parseCountTokens(bytes(body))).toThrow(refused);
  });
});
