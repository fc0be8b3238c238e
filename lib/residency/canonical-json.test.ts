import fc from "fast-check";
import { expect, test } from "vitest";
import { type CanonicalValue, canonicalJson, compactJson } from "./canonical-json.ts";

test("fields are in the order of their names, deep down too, and nothing stands between them", () => {
  const value = { b: [1, { z: null, a: true }], a: "x", B: 'é"\n', "10": 1, "9": 2 };
  expect(canonicalJson(value)).toBe('{"10":1,"9":2,"B":"é\\"\\n","a":"x","b":[1,{"a":true,"z":null}]}');
});

test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])(
  "%d is refused: others would write it otherwise",
  (value) => {
    expect(() => canonicalJson({ value })).toThrow(RangeError);
  },
);

const json = fc.letrec<{ value: CanonicalValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, true, false),
    fc.maxSafeInteger().filter((number) => !Object.is(number, -0)),
    fc.string({ unit: "binary" }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

test("values that are equal are written alike whatever the order of their fields, and read back as they were", () => {
  fc.assert(
    fc.property(json, (value) => {
      const text = canonicalJson(value);
      expect(canonicalJson(JSON.parse(text))).toBe(text);
      expect(JSON.parse(text)).toEqual(value);
    }),
  );
});

test("white space between the parts is taken away, that in text is not", () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(compactJson(JSON.stringify(value, null, "\t"))).toBe(JSON.stringify(value));
    }),
  );
  expect(compactJson(' {"a b\\" c" :\r\n[ 1 , "  " ] } ')).toBe('{"a b\\" c":[1,"  "]}');
});
