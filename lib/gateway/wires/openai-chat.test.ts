import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GatewayError } from "../errors.ts";
import { parseChatBody, readNeeds } from "./openai-chat.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const parse = (value: unknown) => parseChatBody(encode(JSON.stringify(value)));
const messages = [{ role: "user", content: "hi" }];

function refusal(bytes: Uint8Array): GatewayError {
  try {
    parseChatBody(bytes);
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
    ["stop as a number", { messages, stop: 1 }, "stop"],
    ["max_tokens as text", { messages, max_tokens: "100" }, "max_tokens"],
    ["max_completion_tokens as text", { messages, max_completion_tokens: "100" }, "max_completion_tokens"],
    ["temperature as text", { messages, temperature: "hot" }, "temperature"],
    ["top_p as a list", { messages, top_p: [1] }, "top_p"],
    ["n as text", { messages, n: "2" }, "n"],
  ])("%s", (_, value, param) => {
    expect(refusal(encode(JSON.stringify(value)))).toMatchObject({ code: "invalid_request", status: 400, param });
  });

  test.each<[string, Uint8Array, string]>([
    ["nothing", new Uint8Array(), "empty"],
    ["not JSON", encode("{messages: []}"), "not valid JSON"],
    ["half a body", encode('{"messages":[{"role"'), "not valid JSON"],
    ["not UTF-8", Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d), "not UTF-8"],
  ])("%s", (_, bytes, message) => {
    expect(refusal(bytes).message).toContain(message);
  });

  test("any JSON value at all is either taken or refused with a GatewayError", () => {
    const field = fc.constantFrom("model", "messages", "stream", "tools", "stop", "n", "__proto__", "response_format");
    const body = fc.oneof(
      fc.jsonValue(),
      fc.dictionary(field, fc.jsonValue()),
      fc.record({ messages: fc.array(fc.record({ role: fc.string(), content: fc.jsonValue() }), { minLength: 1 }) }),
    );
    fc.assert(
      fc.property(body, (value) => {
        try {
          readNeeds(parse(value));
        } catch (error) {
          expect(error).toBeInstanceOf(GatewayError);
        }
      }),
      { seed: 20261123, numRuns: 500 },
    );
  });

  test("any bytes at all are either taken or refused with a GatewayError", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(refusal(bytes)).toBeInstanceOf(GatewayError);
      }),
      { seed: 20261123, numRuns: 500 },
    );
  });
});

test("fields that the gateway does not know pass through as they came", () => {
  const body = {
    model: "triage",
    messages: [{ role: "user", content: "hi", name: "Ann" }],
    seed: 7,
    logit_bias: { 5: 1 },
  };
  expect(parse(body)).toEqual(body);
});

test("null stands for left out", () => {
  const body = { messages, stream: null, tools: null, temperature: null, max_tokens: null, stop: null };
  expect(parse(body)).toEqual(body);
});

describe("what the request needs of a model", () => {
  const image = {
    role: "user",
    content: [
      { type: "text", text: "?" },
      { type: "image_url", image_url: { url: "x" } },
    ],
  };
  test.each<[string, object, { capability: string; param: string }[]]>([
    ["plain text needs nothing", { messages }, []],
    ["tools", { messages, tools: [{ type: "function" }] }, [{ capability: "tools", param: "tools" }]],
    ["an empty list of tools needs nothing", { messages, tools: [] }, []],
    [
      "a JSON object",
      { messages, response_format: { type: "json_object" } },
      [{ capability: "json", param: "response_format" }],
    ],
    [
      "a JSON schema",
      { messages, response_format: { type: "json_schema" } },
      [{ capability: "json", param: "response_format" }],
    ],
    ["text as a format needs nothing", { messages, response_format: { type: "text" } }, []],
    [
      "an image, by its message",
      { messages: [...messages, image] },
      [{ capability: "vision", param: "messages[1].content" }],
    ],
    ["odd parts of a message are no images", { messages: [{ role: "user", content: [null, 3, "x", {}] }] }, []],
  ])("%s", (_, body, expected) => {
    expect(readNeeds(parse(body))).toEqual(expected);
  });
});
