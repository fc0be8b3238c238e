import { expect, test } from "vitest";
import { readHints } from "./read-hints.ts";

const messages = [{ role: "user", content: "hi" }];
const hintsOf = (body: object) => readHints({ messages, ...body }).map(({ hint, param }) => `${hint} ${param}`);

test.each<[string, object, string[]]>([
  ["nothing said", {}, []],
  ["whose call it is", { user: "u", safety_identifier: "s" }, ["user user", "user safety_identifier"]],
  ["notes", { metadata: { a: "b" } }, ["metadata metadata"]],
  ["empty notes", { metadata: {} }, []],
  ["that it is kept", { store: true }, ["store store"]],
  ["that it is not kept", { store: false }, []],
  ["a tier", { service_tier: "flex" }, ["service-tier service_tier"]],
  ["whichever tier", { service_tier: "auto" }, []],
  [
    "where a cache may be",
    { prompt_cache_key: "k", prompt_cache_retention: "24h" },
    ["prompt-cache prompt_cache_key", "prompt-cache prompt_cache_retention"],
  ],
  ["null", { user: null, metadata: null, store: null }, []],
])("%s", (_, body, expected) => {
  expect(hintsOf(body)).toEqual(expected);
});

test("a mark of how far the cache shall reach is found on its part, the first of them", () => {
  const mark = { type: "text", text: "x", cache_control: { type: "ephemeral" } };
  const marked = [...messages, { role: "user", content: [null, { type: "text" }, mark, mark] }];
  expect(hintsOf({ messages: marked })).toEqual(["prompt-cache messages[1].content[2].cache_control"]);
});

test("what models thought is found in each field that clients know for it", () => {
  const detail = (format: string, fields: object) => ({ type: "reasoning.text", format, ...fields });
  const said = [
    { reasoning_content: "Hm.", reasoning: "Hm." },
    { reasoning: "Hm.", reasoning_details: [detail("anthropic-claude-v1", { text: "Hm.", signature: "s" })] },
    { reasoning_details: [detail("openai-responses-v1", { data: "d" }), null] },
    { reasoning_details: [detail("new-v1", { data: "d" })] },
    { tool_calls: [null, { id: "c", extra_content: { google: { thought_signature: "s" } } }] },
    { reasoning_content: "", reasoning: null, reasoning_details: [], tool_calls: [{ id: "c", extra_content: null }] },
    { reasoning_content: 1, reasoning_details: "x", tool_calls: {} },
  ];
  const body = { messages: said.map((fields) => ({ role: "assistant", content: "Hi", ...fields })) };
  const found = readHints(body).map(({ param, thought }) => [param, thought?.readers]);
  expect(found).toEqual([
    ["messages[0].reasoning_content", ["unsealed"]],
    ["messages[1].reasoning", ["anthropic", "unsealed"]],
    ["messages[2].reasoning_details", ["openai"]],
    ["messages[3].reasoning_details", []],
    ["messages[4].tool_calls[1].extra_content", ["google"]],
  ]);
  expect(readHints({ messages: [{ role: "user", content: "Hi", reasoning: "Hm." }] })).toEqual([]);
});
