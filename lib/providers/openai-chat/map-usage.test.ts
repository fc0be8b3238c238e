import { expect, test } from "vitest";
import { mapUsage } from "./map-usage.ts";

const COUNTS = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };

test.each([
  ["OpenAI", { prompt_tokens_details: { cached_tokens: 64 } }],
  ["DeepSeek", { prompt_cache_hit_tokens: 64, prompt_cache_miss_tokens: 36 }],
  ["Mistral", { num_cached_tokens: 64 }],
])("cached tokens are found where %s puts them", (_, details) => {
  expect(mapUsage({ ...COUNTS, ...details })).toMatchObject({
    inputTokens: 100,
    outputTokens: 20,
    cachedInputTokens: 64,
  });
});

test.each([[null], [undefined], [{}], [{ prompt_tokens: -1 }], ["many"]])(
  "%j is no usage, which is not zero",
  (value) => {
    expect(mapUsage(value)).toBeNull();
  },
);
