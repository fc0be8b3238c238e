import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FEATURES, HINTS } from "../../contract/wire.ts";
import { GatewayError } from "../../errors.ts";
import { parse } from "./parse.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const parseValue = (value: unknown) => parse(encode(JSON.stringify(value)));
const messages = [{ role: "user", content: "hi" }];

function refusal(bytes: Uint8Array): GatewayError {
  try {
    parse(bytes);
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
  throw new Error("It was not refused.");
}

describe("a body that cannot be right is refused with the field at fault", () => {
  test.each<[string, unknown, string | null]>([
    ["an array", [], null],
    ["a string", "hi", null],
    ["null", null, null],
    ["no messages", { model: "m" }, "messages"],
    ["empty messages", { messages: [] }, "messages"],
    ["messages as text", { messages: "hi" }, "messages"],
    ["a message that is text", { messages: ["hi"] }, "messages[0]"],
    ["a message without a role", { messages: [messages[0], { content: "x" }] }, "messages[1].role"],
    ["model as a number", { messages, model: 5 }, "model"],
    ["an empty model", { messages, model: "" }, "model"],
    ["a model of 301 characters", { messages, model: "m".repeat(301) }, "model"],
    ["stream as text", { messages, stream: "true" }, "stream"],
    ["stream_options as a list", { messages, stream_options: [] }, "stream_options"],
    ["include_usage as a number", { messages, stream_options: { include_usage: 1 } }, "stream_options.include_usage"],
    ["tools as an object", { messages, tools: {} }, "tools"],
    ["a tool that is text", { messages, tools: ["search"] }, "tools[0]"],
    ["response_format as text", { messages, response_format: "json" }, "response_format"],
    ["response_format without a type", { messages, response_format: {} }, "response_format.type"],
    ["stop as a number", { messages, stop: 1 }, "stop"],
    ["more stops than anybody takes", { messages, stop: Array.from({ length: 101 }, () => "x") }, "stop"],
    ["max_tokens as text", { messages, max_tokens: "100" }, "max_tokens"],
    ["max_completion_tokens as text", { messages, max_completion_tokens: "100" }, "max_completion_tokens"],
    ["temperature as text", { messages, temperature: "hot" }, "temperature"],
    ["top_p as a list", { messages, top_p: [1] }, "top_p"],
    ["n as text", { messages, n: "2" }, "n"],
    ["seed as text", { messages, seed: "2" }, "seed"],
  ])("%s", (_, value, param) => {
    expect(refusal(encode(JSON.stringify(value)))).toMatchObject({ code: "invalid_request", status: 400, param });
  });

  test.each<[string, Uint8Array, string]>([
    ["nothing", new Uint8Array(), "empty"],
    ["not JSON", encode("{messages: []}"), "not valid JSON"],
    ["half a body", encode('{"messages":[{"role"'), "not valid JSON"],
    ["not UTF-8", Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d), "not UTF-8"],
    ["nested deep", encode(`{"messages":${"[".repeat(100_000)}${"]".repeat(100_000)}}`), "nested deeper"],
  ])("%s", (_, bytes, message) => {
    expect(refusal(bytes).message).toContain(message);
  });

  test("a list of a million wrong messages is refused as soon as the first is seen", () => {
    const body = encode(`{"messages":[${"0,".repeat(1_000_000)}0]}`);
    expect(refusal(body).param).toBe("messages[0]");
  });
});

describe("whatever is sent is either taken or refused with a GatewayError", () => {
  const settings = { seed: 20261124, numRuns: 500 };
  const orRefused = (bytes: Uint8Array) => {
    try {
      const { needs, hints, isStream } = parse(bytes);
      expect(needs.every(({ feature }) => FEATURES.includes(feature))).toBe(true);
      expect(hints.every(({ hint }) => HINTS.includes(hint))).toBe(true);
      expect(isStream).toBeTypeOf("boolean");
    } catch (error) {
      expect(error).toBeInstanceOf(GatewayError);
    }
  };

  test("any JSON value", () => {
    const names = ["model", "messages", "stream", "tools", "tool_choice", "stop", "n", "seed", "response_format"];
    const odd = ["__proto__", "constructor", "toString", "modalities", "metadata", "user"];
    const field = fc.constantFrom(...names, ...odd);
    const part = fc.oneof(fc.jsonValue(), fc.record({ type: fc.constantFrom("text", "image_url", "constructor") }));
    const message = fc.record({ role: fc.string(), content: fc.oneof(fc.jsonValue(), fc.array(part)) });
    const body = fc.oneof(
      fc.jsonValue(),
      fc.dictionary(field, fc.jsonValue()),
      fc
        .tuple(fc.dictionary(field, fc.jsonValue()), fc.array(message, { minLength: 1 }))
        .map(([fields, all]) => ({ ...fields, messages: all })),
    );
    fc.assert(
      fc.property(body, (value) => orRefused(encode(JSON.stringify(value)))),
      settings,
    );
  });

  test("any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => orRefused(bytes)),
      settings,
    );
  });

  test.each([
    ["lone surrogates", '{"messages":[{"role":"user","content":"\\ud800"}]}'],
    ["NUL", '{"messages":[{"role":"user","content":"\\u0000"}]}'],
    ["duplicate keys", '{"messages":[],"messages":[{"role":"user"}]}'],
    ["numbers that no double holds", '{"messages":[{"role":"user"}],"seed":1e999,"n":12345678901234567890}'],
    ["a prototype", '{"messages":[{"role":"user"}],"__proto__":{"model":"x"},"constructor":1}'],
  ])("%s", (_, body) => {
    orRefused(encode(body));
  });
});

test("a request is its own text and its own fields, those too that the gateway does not know", () => {
  const source =
    '{"model":"triage", "messages":[{"role":"user","content":"hi","name":"Ann"}], "seed":7.0, "x":{"y":1}}';
  const parsed = parse(encode(source));
  expect(parsed.source).toBe(source);
  expect(parsed.body).toEqual(JSON.parse(source));
  expect(parsed).toMatchObject({ model: "triage", isStream: false });
});

test("null stands for left out", () => {
  const body = { messages, model: null, stream: null, tools: null, temperature: null, max_tokens: null, stop: null };
  expect(parseValue(body)).toMatchObject({ body, model: undefined, isStream: false, needs: [], hints: [] });
});

test("a stream is one only if it is asked for", () => {
  expect([true, false].map((stream) => parseValue({ messages, stream }).isStream)).toEqual([true, false]);
});
