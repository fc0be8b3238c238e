import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GatewayError } from "../../errors.ts";
import { parse } from "./parse.ts";

const encode = (value: unknown) => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));

function refusal(bytes: Uint8Array): GatewayError {
  try {
    parse(bytes);
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
  throw new Error("It was accepted.");
}

test("the caller's text is kept as it came, beside what is read of it", () => {
  const text = '{ "model": "gpt-5.4", "input": "Hé \\ud83d\\ude00", "stream": true, "temperature": 1.50 }';
  const { source, body, model, isStream } = parse(encode(text));
  expect(source).toBe(text);
  expect(body).toEqual(JSON.parse(text));
  expect([model, isStream]).toEqual(["gpt-5.4", true]);
});

test("a request need not name a model: a header may name the function", () => {
  expect(parse(encode({ input: "Hello" }))).toMatchObject({ model: undefined, isStream: false });
});

test.each([
  [{ input: 7 }, "input", "a string or a list of items"],
  [{ input: [{ text: "Hello" }] }, "input[0]", "a message with `role` and `content`"],
  [{ input: [{ role: "user" }] }, "input[0].content", "a string or a list of parts"],
  [{ input: [{ role: "user", content: ["Hello"] }] }, "input[0].content[0]", "an object"],
  [{ input: [{ type: "function_call", call_id: "c", name: "f" }] }, "input[0].arguments", "a string"],
  [{ input: [{ type: "function_call_output", call_id: "c" }] }, "input[0].output", "a string or a list of parts"],
  [{ input: "x", tools: [{ type: "function" }] }, "tools[0].name", "a string"],
  [{ input: "x", tools: {} }, "tools", "a list"],
  [{ input: "x", tool_choice: 1 }, "tool_choice", "a string or an object"],
  [{ input: "x", text: { format: { type: "json_schema" } } }, "text.format.schema", "an object"],
  [{ input: "x", max_output_tokens: "many" }, "max_output_tokens", "a number"],
  [{ input: "x", stream: "yes" }, "stream", "true or false"],
  [{ input: "x", model: "" }, "model", "not be empty"],
  [{ input: [] }, "input", "at least one item"],
  [{}, "input", "missing"],
  [{ input: "x", background: true }, "background", "not served"],
])("%j is refused with the field at fault and a sentence that helps", (body, param, message) => {
  const error = refusal(encode(body));
  expect(error).toMatchObject({ code: "invalid_request", status: 400, param });
  expect(error.message).toContain(message);
  expect(error.message).toContain(`\`${param}\``);
});

test.each([
  ["", "empty"],
  ["{", "not valid JSON"],
  ["[]", "JSON object"],
  ["null", "JSON object"],
  ["1e999", "JSON object"],
])("a body of %j is refused with what it is", (body, message) => {
  expect(refusal(encode(body)).message).toContain(message);
});

test("a body that is not UTF-8 is refused", () => {
  expect(refusal(new Uint8Array([0x7b, 0xff, 0x7d])).message).toContain("UTF-8");
});

test.each(["previous_response_id", "conversation", "prompt"])("input may be left out beside `%s`", (field) => {
  expect(parse(encode({ [field]: { id: "x" } })).needs).toEqual([{ feature: "other", param: field }]);
});

test("fields that nobody knows pass, whatever they hold", () => {
  const text = '{"input":"x","__proto__":{"a":1},"constructor":[],"new":{"deep":[[[]]]}}';
  expect(parse(encode(text))).toMatchObject({ source: text, needs: [{ feature: "other", param: "__proto__" }] });
});

describe("whatever comes is a request or an invalid_request, never another error", { timeout: 30_000 }, () => {
  const item = fc.record(
    {
      type: fc.oneof(
        fc.constantFrom("message", "function_call", "function_call_output", "reasoning", "x"),
        fc.jsonValue(),
      ),
      role: fc.oneof(fc.constantFrom("user", "assistant", "tool"), fc.jsonValue()),
      content: fc.oneof(
        fc.string(),
        fc.array(fc.record({ type: fc.string(), detail: fc.jsonValue() })),
        fc.jsonValue(),
      ),
      output: fc.jsonValue(),
      caller: fc.jsonValue(),
      namespace: fc.jsonValue(),
      summary: fc.jsonValue(),
      id: fc.jsonValue(),
      call_id: fc.string(),
      name: fc.string(),
      arguments: fc.string(),
    },
    { requiredKeys: [] },
  );
  const body = fc.record(
    {
      input: fc.oneof(fc.string(), fc.array(item), fc.jsonValue()),
      tools: fc.oneof(
        fc.array(fc.record({ type: fc.constantFrom("function", "x"), name: fc.jsonValue() })),
        fc.jsonValue(),
      ),
      tool_choice: fc.oneof(
        fc.constantFrom("auto", "none"),
        fc.record({ type: fc.constant("allowed_tools"), tools: fc.jsonValue() }),
        fc.jsonValue(),
      ),
      text: fc.oneof(fc.record({ format: fc.jsonValue(), verbosity: fc.jsonValue() }), fc.jsonValue()),
      reasoning: fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue()),
      include: fc.jsonValue(),
      metadata: fc.jsonValue(),
      stream_options: fc.jsonValue(),
      top_logprobs: fc.jsonValue(),
      store: fc.jsonValue(),
      service_tier: fc.jsonValue(),
    },
    { requiredKeys: ["input"] },
  );
  const check = (bytes: Uint8Array) => {
    try {
      const { needs, hints } = parse(bytes);
      for (const { param } of [...needs, ...hints]) expect(typeof param).toBe("string");
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      expect(error).toMatchObject({ code: "invalid_request" });
    }
  };

  test("near-requests", () => {
    fc.assert(
      fc.property(body, (value) => check(encode(value))),
      { seed: 20_261_124, numRuns: 300 },
    );
  });
  test("any JSON", () => {
    fc.assert(
      fc.property(fc.json(), (text) => check(encode(text))),
      { seed: 20_261_124, numRuns: 300 },
    );
  });
  test("any bytes", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), check), { seed: 20_261_124, numRuns: 300 });
  });
  test.each([
    ["nesting of 100,000", `{"input":${"[".repeat(100_000)}${"]".repeat(100_000)}}`],
    ["nesting inside a message", `{"input":[{"role":"user","content":${"[".repeat(50_000)}${"]".repeat(50_000)}}]}`],
    ["millions of wrong items", `{"input":[${"1,".repeat(2_000_000)}1]}`],
    ["millions of items of a new kind", `{"input":[${'{"type":"a"},'.repeat(500_000)}{"type":"a"}]}`],
    ["100,000 items", JSON.stringify({ input: Array(100_000).fill({ role: "user", content: "x" }) })],
    ["lone surrogates and NUL", '{"input":"\\ud800 \\u0000","tools":[{"type":"function","name":"\\udfff"}]}'],
    ["the same field twice", '{"input":7,"input":"x","background":true,"background":false}'],
  ])("%s", (_, text) => check(encode(text)));
});
