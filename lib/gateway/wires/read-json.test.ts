import { expect, test } from "vitest";
import { z } from "zod";
import { readJson, refuseBody } from "./read-json.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

test("a body is its text and its value", () => {
  const source = '{"a": 1.0, "b": "}\\"]"}';
  expect(readJson(bytes(source))).toEqual({ source, value: { a: 1, b: '}"]' } });
});

test.each([
  ["nothing", bytes(""), /empty/],
  ["half of it", bytes('{"a":'), /not valid JSON/],
  ["a string without an end", bytes('{"a\\\\'), /not valid JSON/],
  ["not UTF-8", new Uint8Array([34, 0xff, 34]), /not UTF-8/],
  ["in too many parts", bytes(`[${"{},".repeat(200_000)}{}]`), /more than 200,000 objects/],
  ["nested too deep", bytes("[".repeat(9_000_000) + "]".repeat(9_000_000)), /500 levels/],
])("a body that is %s is refused", (_, body, message) => {
  expect(() => readJson(body)).toThrow(
    expect.objectContaining({ code: "invalid_request", message: expect.stringMatching(message) }),
  );
});

test("as many objects as a caller may send are read", () => {
  expect(readJson(bytes(`[${"{},".repeat(199_999)}{}]`)).value).toHaveLength(200_000);
});

test("brackets in strings are not depth", () => {
  const text = JSON.stringify(`${"[".repeat(1_000)}\\"${"{".repeat(1_000)}`);
  expect(readJson(bytes(text)).source).toBe(text);
});

test("the field at fault is named by its path", () => {
  const schema = z.object({ a: z.array(z.object({ b: z.string("must be a string") })) }, "must be a JSON object");
  expect(refuseBody(schema.safeParse({ a: [{ b: 1 }] }).error as z.ZodError)).toMatchObject({
    param: "a[0].b",
    message: "`a[0].b` must be a string.",
  });
  expect(refuseBody(schema.safeParse([]).error as z.ZodError)).toMatchObject({
    param: null,
    message: "The body must be a JSON object.",
  });
});
