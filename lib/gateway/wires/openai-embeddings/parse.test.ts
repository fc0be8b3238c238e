import { describe, expect, test } from "vitest";
import { parse } from "./parse.ts";

const read = (body: object) => parse(new TextEncoder().encode(JSON.stringify(body)));

test("the request is kept as it came, and is never a stream", () => {
  const body = { model: "m", input: "Hi", dimensions: 8, encoding_format: "base64", user: "u", stream: true };
  expect(read(body)).toMatchObject({ source: JSON.stringify(body), body, model: "m", isStream: false });
});

describe("what it asks of a target", () => {
  test.each<[string, object, [string, string][]]>([
    ["texts", { input: ["one", "two"] }, [["embeddings", "input"]]],
    [
      "tokens",
      { input: [1, 2] },
      [
        ["embeddings", "input"],
        ["other", "input"],
      ],
    ],
    [
      "lists of tokens",
      { input: [[1], [2]] },
      [
        ["embeddings", "input"],
        ["other", "input"],
      ],
    ],
    [
      "a field of one provider's",
      { input: "Hi", input_type: "query" },
      [
        ["embeddings", "input"],
        ["other", "input_type"],
      ],
    ],
    ["a field that says nothing", { input: "Hi", dimensions: null, input_type: null }, [["embeddings", "input"]]],
  ])("%s", (_, body, needs) => {
    expect(read(body).needs).toEqual(needs.map(([feature, param]) => ({ feature, param })));
  });

  test("the user is a hint", () => {
    expect(read({ input: "Hi", user: "u" }).hints).toEqual([{ hint: "user", param: "user" }]);
  });
});

describe("what is refused, with the field at fault", () => {
  test.each<[string, object, string | null]>([
    ["no input", {}, "input"],
    ["an empty text", { input: "" }, "input"],
    ["an empty list", { input: [] }, "input"],
    ["a list of everything", { input: ["one", 2] }, "input"],
    ["tokens that are none", { input: [1.5] }, "input"],
    ["an empty list of tokens", { input: [[1], []] }, "input"],
    ["a size below one", { input: "Hi", dimensions: 0 }, "dimensions"],
    ["a size that is no whole number", { input: "Hi", dimensions: 1.5 }, "dimensions"],
    ["a format that there is not", { input: "Hi", encoding_format: "int8" }, "encoding_format"],
    ["a model that is no text", { input: "Hi", model: 4 }, "model"],
    ["a list", [], null],
  ])("%s", (_, body, param) => {
    expect(() => read(body)).toThrow(expect.objectContaining({ code: "invalid_request", param }));
  });
});
