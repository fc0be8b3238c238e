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

test("thoughts are told apart by who takes them back, each kind named once", () => {
  const kept = (thought: object) => `switchyard1.${Buffer.from(JSON.stringify(thought)).toString("base64url")}`;
  const seal = { by: "google", value: "c2VhbA", isRedacted: false, id: null };
  const contents = [
    "gAAAAABo",
    kept({ model: "Größe", seal: null, callId: null }),
    kept({ model: "gemini", seal, callId: "c" }),
    kept({ model: "another gemini", seal, callId: null }),
    "switchyard1.!!!",
  ];
  const input = contents.map((encrypted_content) => ({ type: "reasoning", summary: [], encrypted_content }));
  expect(readHints({ input })).toEqual([
    { hint: "earlier-reasoning", param: "input[0]", thought: { readers: [], model: null, isTranslated: false } },
    {
      hint: "earlier-reasoning",
      param: "input[1]",
      thought: { readers: ["unsealed"], model: "Größe", isTranslated: true },
    },
    { hint: "earlier-reasoning", param: "input[2]", thought: { readers: ["google"], model: null, isTranslated: true } },
    { hint: "earlier-reasoning", param: "input[4]", thought: { readers: [], model: null, isTranslated: true } },
  ]);
});

test("what is empty or happens anyway is no hint", () => {
  expect(hints({ metadata: {}, service_tier: "auto", store: false, user: null, stream_options: {} })).toEqual([]);
});
