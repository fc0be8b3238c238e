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
