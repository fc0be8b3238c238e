import fc from "fast-check";
import { expect, test } from "vitest";
import { TRANSLATION_KINDS } from "../../registry/entry.ts";
import { TranslationError } from "../codec.ts";
import { readRequest } from "./read-request.ts";

const junk = fc.jsonValue({ maxDepth: 3 });
const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("\ud800", "\0", "", "a".repeat(200)));
const orJunk = (arbitrary: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 60, arbitrary }, { weight: 1, arbitrary: junk });

const url = fc.oneof(
  text,
  fc.constantFrom("data:,x", "data:;base64,!", "data:image/png;base64,AAAA", "https://a.test/b.png", "data:%"),
);
const part = fc.record(
  {
    type: fc.constantFrom("text", "text", "text", "image_url", "input_audio", "file", "refusal", "video_url"),
    text: orJunk(text),
    refusal: orJunk(text),
    image_url: orJunk(fc.record({ url, detail: fc.constantFrom("low", "auto") }, { requiredKeys: [] })),
    input_audio: orJunk(fc.record({ data: text, format: text })),
    file: orJunk(fc.record({ filename: text, file_data: url, file_id: text }, { requiredKeys: [] })),
    cache_control: orJunk(fc.record({ type: text, ttl: fc.constantFrom("5m", "1h") }, { requiredKeys: ["type"] })),
  },
  { requiredKeys: ["type"] },
);
const call = fc.record({
  id: fc.constantFrom("1", "2"),
  type: fc.constantFrom("function", "custom"),
  function: orJunk(fc.record({ name: text, arguments: fc.oneof(text, fc.json()) })),
  extra_content: orJunk(fc.record({ google: fc.record({ thought_signature: text }) })),
});
const detail = fc.record(
  {
    type: text,
    text,
    data: text,
    signature: text,
    format: fc.constantFrom("anthropic-claude-v1", "google-gemini-v1", "x"),
  },
  { requiredKeys: ["type"] },
);
const message = fc.record(
  {
    role: fc.constantFrom("system", "developer", "user", "user", "assistant", "assistant", "tool", "function", "robot"),
    content: orJunk(fc.oneof(text, fc.array(part, { maxLength: 3 }))),
    tool_calls: orJunk(fc.array(call, { maxLength: 2 })),
    tool_call_id: fc.constantFrom("1", "2"),
    reasoning_content: orJunk(text),
    reasoning_details: orJunk(fc.array(detail, { maxLength: 2 })),
    name: orJunk(fc.constant(undefined)),
  },
  { requiredKeys: ["role"] },
);
const request = fc.record(
  {
    messages: orJunk(fc.array(orJunk(message), { maxLength: 4 })),
    tools: orJunk(
      fc.array(
        fc.record({
          type: fc.constant("function"),
          function: orJunk(fc.record({ name: text, parameters: orJunk(fc.object({ maxDepth: 1, maxKeys: 3 })) })),
        }),
      ),
    ),
    tool_choice: orJunk(fc.constantFrom("auto", "none", "required")),
    response_format: orJunk(
      fc.record({
        type: fc.constantFrom("json_object", "json_schema"),
        json_schema: orJunk(
          fc.record({ name: text, schema: fc.object({ maxDepth: 1, maxKeys: 3 }) }, { requiredKeys: [] }),
        ),
      }),
    ),
    reasoning_effort: orJunk(fc.constantFrom("low", "max")),
    reasoning: orJunk(fc.record({ effort: fc.constant("low"), max_tokens: fc.nat() }, { requiredKeys: [] })),
    stop: orJunk(fc.array(text)),
    temperature: orJunk(fc.double()),
    n: orJunk(fc.constant(1)),
    logit_bias: orJunk(fc.constant({})),
    metadata: orJunk(fc.dictionary(text, text)),
    user: orJunk(text),
  },
  { requiredKeys: ["messages"] },
);

test("any request is read, or refused with a reason and a field: nothing else is ever thrown", () => {
  let read = 0;
  fc.assert(
    fc.property(request, fc.constantFrom(...TRANSLATION_KINDS), (body, kind) => {
      try {
        readRequest(body, { kind, model: "m" });
        read += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(TranslationError);
      }
    }),
    { seed: 20_261_124, numRuns: 1_000 },
  );
  // Or nothing would have been tried.
  expect(read).toBeGreaterThan(50);
}, 30_000);
