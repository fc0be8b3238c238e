import fc from "fast-check";
import { expect, test } from "vitest";
import { spliceJson } from "./splice-json.ts";

test("only the edited fields change: all else stays byte for byte", () => {
  const source =
    '{ "model" : "a/b", "seed": 12345678901234567890, "x": 1.0,\n"s": "\\u0041 } , \\" {" , "n": {"model": "in"} }';
  expect(spliceJson(source, { model: "b", stream: true })).toBe(
    '{"model":"b","stream":true,"seed": 12345678901234567890,"x": 1.0,"s": "\\u0041 } , \\" {","n": {"model": "in"}}',
  );
});

test("a field that is edited to undefined is taken out, every time it stands there", () => {
  expect(spliceJson('{"a":1,"b":2,"a":3}', { a: undefined })).toBe('{"b":2}');
  expect(spliceJson('{"\\u0061":1,"b":2}', { a: 4 })).toBe('{"a":4,"b":2}');
});

test("an empty object, and one that loses all", () => {
  expect(spliceJson("  {} ", {})).toBe("{}");
  expect(spliceJson('{"a":[1,{"b":"]"}]}', { a: undefined })).toBe("{}");
});

test("whatever the object, the outcome is what replacing its fields would give", () => {
  const key = fc.constantFrom("model", "a", "__proto__", 'quo"te', "back\\slash", "");
  fc.assert(
    fc.property(fc.dictionary(key, fc.jsonValue()), fc.dictionary(key, fc.jsonValue()), (body, edits) => {
      const spliced: unknown = JSON.parse(spliceJson(JSON.stringify(body, null, 1), edits));
      const expected: unknown = JSON.parse(JSON.stringify(Object.assign(Object.create(null), body, edits)));
      expect(byName(spliced)).toEqual(byName(expected));
    }),
    { seed: 20_261_124 },
  );
});

function byName(value: unknown): [string, unknown][] {
  return Object.entries(value as object).sort(([left], [right]) => (left < right ? -1 : 1));
}
