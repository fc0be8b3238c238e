import fc from "fast-check";
import { expect, test } from "vitest";
import { OPENAI_RESPONSES_WIRE } from "#lib/gateway/wires/openai-responses/index.ts";
import { TRANSLATION_KINDS } from "../../registry/entry.ts";
import { TranslationError } from "../codec.ts";
import { keepThought } from "./kept-thought.ts";
import { toCallOptions } from "./to-call-options.ts";

test("whatever the engine lets pass is read or refused as a translation refuses, for every kind", () => {
  const part = fc.record(
    {
      type: fc.constantFrom("input_text", "output_text", "refusal", "input_image", "input_file", "input_audio", "x"),
      text: fc.jsonValue(),
      refusal: fc.jsonValue(),
      image_url: fc.oneof(
        fc.constantFrom("data:image/png;base64,iVBORw0KGgo=", "data:,", "https://x.example"),
        fc.jsonValue(),
      ),
      file_data: fc.jsonValue(),
      file_url: fc.jsonValue(),
      input_audio: fc.jsonValue(),
      prompt_cache_breakpoint: fc.jsonValue(),
    },
    { requiredKeys: ["type"] },
  );
  const item = fc.record(
    {
      type: fc.constantFrom("message", "function_call", "function_call_output", "reasoning", undefined, null),
      role: fc.constantFrom("user", "assistant", "system", "x"),
      content: fc.oneof(fc.string(), fc.array(part)),
      output: fc.oneof(fc.string(), fc.array(part)),
      call_id: fc.constantFrom("a", "b"),
      name: fc.constantFrom("f", "__proto__"),
      arguments: fc.oneof(fc.json(), fc.string()),
      encrypted_content: fc.oneof(
        fc.constant(keepThought({ model: "a-model", seal: null, callId: null })),
        fc.jsonValue(),
      ),
      summary: fc.array(part),
    },
    { requiredKeys: ["role", "content", "output", "call_id", "name", "arguments"] },
  );
  const body = fc.record(
    {
      input: fc.oneof(fc.string(), fc.array(item, { minLength: 1 })),
      tools: fc.array(
        fc.record({ type: fc.constantFrom("function", "x"), name: fc.constantFrom("f", "g"), strict: fc.jsonValue() }),
      ),
      tool_choice: fc.oneof(
        fc.constantFrom("auto", "x"),
        fc.record({ type: fc.constantFrom("allowed_tools", "function"), tools: fc.jsonValue() }),
      ),
      text: fc.record({
        format: fc.record({
          type: fc.constantFrom("json_schema", "json_object"),
          schema: fc.object(),
          name: fc.jsonValue(),
        }),
      }),
      reasoning: fc.record({ effort: fc.constantFrom("low", "x", null), summary: fc.constantFrom("auto", null) }),
      metadata: fc.object(),
      user: fc.jsonValue(),
    },
    { requiredKeys: ["input"] },
  );
  let read = 0;
  fc.assert(
    fc.property(body, fc.constantFrom(...TRANSLATION_KINDS), (value, kind) => {
      const { body: parsed } = OPENAI_RESPONSES_WIRE.parse(new TextEncoder().encode(JSON.stringify(value)));
      try {
        toCallOptions(parsed, { kind, model: "a-model" });
        read += 1;
      } catch (error) {
        if (!(error instanceof TranslationError)) throw error;
      }
    }),
    { seed: 20_261_124, numRuns: 300 },
  );
  expect(read).toBeGreaterThan(20);
}, 30_000);
