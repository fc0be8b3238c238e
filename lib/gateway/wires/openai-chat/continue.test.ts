import { describe, expect, test } from "vitest";
import { DONE, finished, opening, said } from "#e2e/isolation/support/engine.ts";
import { makeEvent, makeUsage } from "#e2e/isolation/support/gateway.ts";
import type { Prefill } from "../../contract/catalog.ts";
import type { StreamEvent } from "../../ports.ts";
import { continueFrom, startJoin } from "./continue.ts";

const messages = [{ role: "user", content: "Tell me." }];

describe("an answer that has begun is given back as its model takes it", () => {
  test.each<[Prefill, object]>([
    ["assistant-message", { messages: [...messages, { role: "assistant", content: "Once " }] }],
    ["prefix-flag", { messages: [...messages, { role: "assistant", content: "Once ", prefix: true }] }],
    [
      "continue-final-message",
      {
        messages: [...messages, { role: "assistant", content: "Once " }],
        continue_final_message: true,
        add_generation_prompt: false,
      },
    ],
  ])("%s", (prefill, edits) => {
    expect(continueFrom({ messages, temperature: 1 }, "Once ", prefill)).toEqual(edits);
  });

  test("whatever else the request sets", () => {
    const free = { n: 1, response_format: { type: "text" }, tool_choice: "auto", logprobs: false, stop: ["x"] };
    for (const body of [free, { n: null, response_format: null, tool_choice: "none" }]) {
      expect(continueFrom({ messages, ...body }, "Once", "assistant-message")).not.toBeNull();
    }
  });
});

test.each<[string, object]>([
  ["several choices", { n: 2 }],
  ["a JSON object", { response_format: { type: "json_object" } }],
  ["a JSON schema", { response_format: { type: "json_schema" } }],
  ["log probabilities", { logprobs: true }],
  ["a tool that must be called", { tool_choice: "required" }],
  ["one tool by name", { tool_choice: { type: "function", function: { name: "f" } } }],
  ["an answer that the caller itself began", { messages: [...messages, { role: "assistant", content: "O" }] }],
])("a request for %s is not taken up elsewhere", (_, body) => {
  expect(continueFrom({ messages, ...body }, "Once", "assistant-message")).toBeNull();
});

describe("the stream that goes on becomes part of the first one", () => {
  const first = opening("first").sse as NonNullable<StreamEvent["sse"]>;
  const joinAll = (text: string, prefill: Prefill, ...events: StreamEvent[]) =>
    events.flatMap(startJoin(first, text, prefill));
  const textOf = (events: StreamEvent[]) => events.map(({ text }) => text).join("");
  const chunksOf = (events: StreamEvent[]) =>
    events.flatMap(({ sse, isEnd }) => (sse === null || isEnd ? [] : [JSON.parse(sse.data)]));
  const contentOf = (events: StreamEvent[]) =>
    chunksOf(events)
      .map(({ choices }) => choices[0]?.delta.content ?? "")
      .join("");

  test("under its id and time, without a second opening, to the same end", () => {
    const usage = makeEvent({ usage: makeUsage(1, 1) });
    const joined = joinAll(
      "On",
      "assistant-message",
      opening("x"),
      said("ce", "x"),
      finished("stop", "x"),
      usage,
      DONE,
    );
    expect(chunksOf(joined).map(({ id, created }) => [id, created])).toEqual([
      ["first", 1],
      ["first", 1],
    ]);
    expect(joined.map(({ text, finishReason, isEnd }) => [text, finishReason, isEnd])).toEqual([
      ["ce", null, false],
      ["", "stop", false],
      ["", null, false],
      ["", null, true],
    ]);
    expect(joined.at(-1)).toEqual(DONE);
  });

  test("an opening that holds content keeps it, without the role", () => {
    const data = JSON.stringify({ id: "x", choices: [{ delta: { role: "assistant", content: "ce" } }] });
    const both = makeEvent({ sse: { event: null, data }, hasContent: true, text: "ce" });
    const [chunk] = chunksOf(joinAll("On", "assistant-message", both));
    expect(chunk.choices[0].delta).toEqual({ content: "ce" });
  });

  test.each<[string, string, Prefill, string[], string]>([
    ["a prefix that comes back at once", "Once upon", "prefix-flag", ["Once upon", " a time"], " a time"],
    [
      "a prefix that comes back piece by piece",
      "Once upon",
      "prefix-flag",
      ["On", "ce u", "pon a", " time"],
      " a time",
    ],
    ["a prefix without the white space at its end", "Once ", "prefix-flag", ["Once", "upon"], "upon"],
    ["nothing of a text that only begins alike", "The end", "prefix-flag", ["Th", "en", " all"], "Then all"],
    ["nothing of a whole answer that begins alike", "The end", "prefix-flag", ["The"], "The"],
    ["nothing where no prefix comes back", "Once", "prefix-flag", [" upon"], " upon"],
    ["white space that comes back", "Once \n", "assistant-message", [" ", "\nupon"], "upon"],
    ["as much white space as comes back", "Once \n", "assistant-message", [" upon"], "upon"],
    ["nothing but white space otherwise", "Once", "assistant-message", ["Once"], "Once"],
  ])("leaves out %s", (_, text, prefill, pieces, expected) => {
    const joined = joinAll(text, prefill, opening("x"), ...pieces.map((piece) => said(piece, "x")), finished(), DONE);
    expect([textOf(joined), contentOf(joined)]).toEqual([expected, expected]);
    expect(joined.filter(({ text: content, hasContent }) => hasContent && content === "")).toEqual([]);
    expect(joined.slice(-2).map(({ finishReason, isEnd }) => finishReason ?? isEnd)).toEqual(["stop", true]);
  });

  // A hang is what the limit finds: in quadratic time it would take minutes.
  test("what is repeated of a very long answer is found in linear time", { timeout: 20_000 }, () => {
    const pieces = Array.from({ length: 100_000 }, (_, at) => `${at} `);
    const joined = joinAll(pieces.join(""), "prefix-flag", ...pieces.map((piece) => said(piece)), said("end"));
    expect(textOf(joined)).toBe("end");
  });
});
