import { describe, expect, test } from "vitest";
import type { RequestNeed } from "../../contract/wire.ts";
import { readNeeds } from "./read-needs.ts";

const messages = [{ role: "user", content: "hi" }];
const needsOf = (body: object) => readNeeds({ messages, ...body }).map(({ feature, param }) => `${feature} ${param}`);

describe("what the request asks of a target, with the field that asks for it", () => {
  test.each<[string, object, string[]]>([
    ["plain text: nothing", {}, []],
    [
      "what everybody takes: nothing",
      { temperature: 1, top_p: 0.5, max_tokens: 9, max_completion_tokens: 9, stream: true },
      [],
    ],
    [
      "what changes nothing about the answer: nothing",
      { user: "u", metadata: { a: "b" }, store: true, service_tier: "flex" },
      [],
    ],
    ["a stop", { stop: "x" }, ["stop stop"]],
    ["a seed", { seed: 7 }, ["seed seed"]],
    ["a seed of zero, which is one", { seed: 0 }, ["seed seed"]],
    [
      "penalties",
      { presence_penalty: 1, frequency_penalty: -1 },
      ["penalties presence_penalty", "penalties frequency_penalty"],
    ],
    ["penalties of zero: nothing", { presence_penalty: 0, frequency_penalty: 0 }, []],
    ["a bias", { logit_bias: { 5: 1 } }, ["logit-bias logit_bias"]],
    ["an empty bias: nothing", { logit_bias: {} }, []],
    ["log probabilities", { logprobs: true, top_logprobs: 2 }, ["logprobs logprobs", "logprobs top_logprobs"]],
    ["no log probabilities: nothing", { logprobs: false, top_logprobs: 0 }, []],
    ["reasoning", { reasoning_effort: "low" }, ["reasoning reasoning_effort"]],
    ["several choices", { n: 2 }, ["n n"]],
    ["one choice: nothing", { n: 1 }, []],
    ["audio", { modalities: ["text", "audio"], audio: { voice: "v" } }, ["audio audio", "audio modalities"]],
    ["text alone: nothing", { modalities: ["text"] }, []],
    ["an output that is neither", { modalities: ["image"] }, ["other modalities"]],
    ["tools", { tools: [{ type: "function" }] }, ["tools tools"]],
    ["an empty list of tools: nothing", { tools: [], tool_choice: "required", parallel_tool_calls: false }, []],
    [
      "a choice of tool",
      { tools: [{ type: "function" }], tool_choice: "required" },
      ["tools tools", "tool-choice tool_choice"],
    ],
    [
      "the choice that is made anyway: nothing more",
      { tools: [{ type: "function" }], tool_choice: "auto" },
      ["tools tools"],
    ],
    [
      "one call at a time",
      { tools: [{ type: "function" }], parallel_tool_calls: false },
      ["tools tools", "parallel-tool-calls parallel_tool_calls"],
    ],
    [
      "calls side by side, as anyway: nothing more",
      { tools: [{ type: "function" }], parallel_tool_calls: true },
      ["tools tools"],
    ],
    [
      "a tool that the provider runs itself",
      { tools: [{ type: "function" }, { type: "web_search" }] },
      ["tools tools", "other tools[1]"],
    ],
    ["a JSON object", { response_format: { type: "json_object" } }, ["json response_format"]],
    ["a JSON schema", { response_format: { type: "json_schema" } }, ["json response_format"]],
    ["a format that only its own wire knows", { response_format: { type: "grammar" } }, ["other response_format"]],
    ["text as a format: nothing", { response_format: { type: "text" } }, []],
    [
      "a field that only its own wire knows",
      { web_search_options: {}, prediction: { type: "content" } },
      ["other prediction"],
    ],
    ["null: nothing", { seed: null, stop: null, tools: null, response_format: null, top_k: null, audio: null }, []],
    [
      "names that every object has",
      JSON.parse('{"constructor":1,"__proto__":2}'),
      ["other constructor", "other __proto__"],
    ],
  ])("%s", (_, body, expected) => {
    expect(needsOf(Object.assign(Object.create(null), body))).toEqual(expected);
  });
});

describe("parts of messages", () => {
  const partNeeds = (...contents: unknown[]): RequestNeed[] =>
    readNeeds({ messages: contents.map((content) => ({ role: "user", content })) });

  test.each([
    ["text", null],
    ["refusal", null],
    ["image_url", "vision"],
    ["file", "files"],
    ["input_audio", "audio"],
    ["video_url", "other"],
    ["constructor", "other"],
  ])("%s: %s", (type, feature) => {
    const expected = feature === null ? [] : [{ feature, param: "messages[1].content[1]" }];
    expect(partNeeds("hi", [{ type: "text" }, { type }])).toEqual(expected);
  });

  test("each kind is named once a message, by its first", () => {
    const image = { type: "image_url" };
    expect(partNeeds([image, image, { type: "file" }], [image]).map(({ param }) => param)).toEqual([
      "messages[0].content[0]",
      "messages[0].content[2]",
      "messages[1].content[0]",
    ]);
  });

  test.each([[null], [3], ["x"], [{}], [{ type: 5 }]])("%j is a part that only its own wire knows", (part) => {
    expect(partNeeds([part])).toEqual([{ feature: "other", param: "messages[0].content[0]" }]);
  });
});
