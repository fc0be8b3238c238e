import { expect, test } from "vitest";
import { mapUsage } from "./map-usage.ts";

test("cached tokens count as input, as they do everywhere else", () => {
  const usage = { input_tokens: 10, output_tokens: 5, cache_read_input_tokens: 100, cache_creation_input_tokens: 30 };
  expect(mapUsage(usage)).toEqual({
    inputTokens: 140,
    outputTokens: 5,
    cachedInputTokens: 100,
    cacheWriteTokens: 30,
    reasoningTokens: 0,
  });
});

test("thoughts are a part of the output", () => {
  const usage = { input_tokens: 1, output_tokens: 50, output_tokens_details: { thinking_tokens: 40 } };
  expect(mapUsage(usage)).toMatchObject({ outputTokens: 50, reasoningTokens: 40 });
});

test("what it took to compact the conversation is charged too, and another model's advice is not this one's", () => {
  const iterations = [
    { type: "compaction", input_tokens: 1_000, output_tokens: 100, cache_read_input_tokens: 7 },
    { type: "message", input_tokens: 10, output_tokens: 5 },
    { type: "advisor_message", input_tokens: 9_000, output_tokens: 900 },
  ];
  expect(mapUsage({ input_tokens: 10, output_tokens: 5, iterations })).toMatchObject({
    inputTokens: 1_017,
    outputTokens: 105,
    cachedInputTokens: 7,
  });
});

test.each([[null], [undefined], [{}], [{ input_tokens: -1 }], ["many"]])(
  "%j is no usage, which is not zero",
  (value) => {
    expect(mapUsage(value)).toBeNull();
  },
);
