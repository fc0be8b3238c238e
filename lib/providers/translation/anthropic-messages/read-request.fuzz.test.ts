import fc from "fast-check";
import { expect, test } from "vitest";
import { ANTHROPIC_MESSAGES_WIRE } from "#lib/gateway/wires/anthropic-messages/index.ts";
import { TRANSLATION_KINDS } from "../../registry/entry.ts";
import { TranslationError } from "../codec.ts";
import { readRequest } from "./read-request.ts";

const text = fc.oneof(fc.string(), fc.constantFrom("", "\u0000", "\ud800", "sy1.", "data:x"));
const id = fc.constantFrom("a", "b", "__proto__");
const object = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 });
const perhaps = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null });
const source = fc.oneof(
  fc.record({
    type: fc.constant("base64"),
    media_type: fc.constantFrom("image/png", "application/pdf", "x"),
    data: text,
  }),
  fc.record({
    type: fc.constant("url"),
    url: fc.oneof(fc.webUrl(), fc.constantFrom("data:,a", "file:///a", "ftp://a.b")),
  }),
  fc.record({ type: fc.constant("text"), data: text }),
  fc.record({
    type: fc.constant("content"),
    content: fc.oneof(text, fc.array(fc.record({ type: fc.constant("text"), text }))),
  }),
  fc.record({ type: fc.constant("file"), file_id: id }),
  fc.record({ type: text }),
);
const cache_control = perhaps(fc.record({ type: fc.constant("ephemeral") }));
const shown = fc.oneof(
  fc.record({ type: fc.constant("text"), text, cache_control }),
  fc.record({ type: fc.constant("image"), source }),
  fc.record({ type: fc.constant("document"), source, title: perhaps(text) }),
);
const block = fc.oneof(
  { weight: 3, arbitrary: shown },
  fc.record({ type: fc.constant("thinking"), thinking: text, signature: perhaps(text) }),
  fc.record({ type: fc.constant("redacted_thinking"), data: text }),
  fc.record({ type: fc.constant("tool_use"), id, name: id, input: object }),
  fc.record({
    type: fc.constant("tool_result"),
    tool_use_id: id,
    content: perhaps(fc.oneof(text, fc.array(shown, { maxLength: 2 }))),
    is_error: perhaps(fc.boolean()),
  }),
  fc.record({ type: text }),
);
const content = fc.oneof(text, fc.array(block, { maxLength: 4 }));
const message = fc.record({ role: fc.constantFrom("user", "assistant", "user", "assistant", "system"), content });
const format = perhaps(fc.record({ type: fc.constantFrom("json_schema", "x"), schema: object }));
const request = fc.record(
  {
    messages: fc.array(message, { minLength: 1, maxLength: 4 }),
    system: perhaps(fc.oneof(text, fc.array(fc.record({ type: fc.constantFrom("text", "x"), text })))),
    tools: perhaps(
      fc.array(fc.record({ name: id, input_schema: object, type: perhaps(fc.constantFrom("custom", "x")) })),
    ),
    tool_choice: perhaps(fc.record({ type: fc.constantFrom("auto", "any", "tool", "none", "x"), name: id })),
    thinking: perhaps(
      fc.record({ type: fc.constantFrom("enabled", "adaptive", "disabled", "x"), budget_tokens: perhaps(fc.double()) }),
    ),
    output_config: perhaps(fc.record({ format, effort: perhaps(fc.constantFrom("low", "max", "x", "__proto__")) })),
    output_format: format,
    metadata: perhaps(fc.record({ user_id: perhaps(text) })),
    service_tier: perhaps(fc.constantFrom("auto", "constructor")),
    max_tokens: perhaps(fc.integer({ min: 1 })),
    cache_control,
  },
  { requiredKeys: ["messages"] },
);

test("whatever the engine lets through is said, or refused with a reason", { timeout: 60_000 }, () => {
  let read = 0;
  fc.assert(
    fc.property(request, fc.constantFrom(...TRANSLATION_KINDS), (body, kind) => {
      const bytes = new TextEncoder().encode(JSON.stringify(body));
      let parsed: ReturnType<typeof ANTHROPIC_MESSAGES_WIRE.parse>;
      try {
        parsed = ANTHROPIC_MESSAGES_WIRE.parse(bytes);
      } catch {
        return;
      }
      try {
        expect(Array.isArray(readRequest(parsed.body, { kind, model: "claude-x" }).prompt)).toBe(true);
        read += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(TranslationError);
        // What no provider could read is no matter of the plan; all else it knew beforehand.
        const { reason, param } = error as TranslationError;
        if (reason === "unsupported")
          expect(
            parsed.needs.map(({ feature }) => feature),
            String(param),
          ).toContain("other");
      }
    }),
    { seed: 20_261_124, numRuns: 3_000 },
  );
  expect(read).toBeGreaterThan(100);
});
