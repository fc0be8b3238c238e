import { expect, test } from "vitest";
import { readHints } from "./read-hints.ts";

const hints = (body: Record<string, unknown>) =>
  readHints({ input: "Hello", ...body }).map(({ hint, param }) => `${hint} ${param}`);

test.each([
  [{ user: "u" }, "user user"],
  [{ safety_identifier: "u" }, "user safety_identifier"],
  [{ metadata: { feature: "inbox" } }, "metadata metadata"],
  [{ prompt_cache_key: "k" }, "prompt-cache prompt_cache_key"],
  [{ service_tier: "flex" }, "service-tier service_tier"],
  [{ store: true }, "store store"],
  [{ stream_options: { include_obfuscation: false } }, "stream-options stream_options"],
  [
    { input: [{ role: "user", content: [{ type: "input_text", text: "", prompt_cache_breakpoint: {} }] }] },
    "prompt-cache input[0].content[0].prompt_cache_breakpoint",
  ],
  [
    { input: [{ role: "user", content: [{ type: "input_image", image_url: "data:,", detail: "high" }] }] },
    "image-detail input[0].content[0].detail",
  ],
  [{ input: [{ type: "reasoning", summary: [], encrypted_content: "gAAAAABo" }] }, "earlier-reasoning input[0]"],
])("%j is told of where it cannot be carried", (body, hint) => {
  expect(hints(body)).toEqual([hint]);
});

test("thoughts that a translation sealed are carried", () => {
  expect(hints({ input: [{ type: "reasoning", summary: [], encrypted_content: "switchyard1.e30" }] })).toEqual([]);
});

test("what is empty or happens anyway is no hint", () => {
  expect(hints({ metadata: {}, service_tier: "auto", store: false, user: null, stream_options: {} })).toEqual([]);
});
