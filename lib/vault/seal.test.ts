import { createSecretKey, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { type Binding, encodeBinding, open, seal } from "./seal.ts";

const key = createSecretKey(randomBytes(32));
const BINDING: Binding = { column: "connection.secrets", tenantId: "tenant-a", rowId: "row-1", version: 3 };
const PLAINTEXT = Buffer.from("sk-ant-api03-of-a-tenant");

test("a sealed value opens where it was sealed", () => {
  expect(open(key, seal(key, PLAINTEXT, BINDING), BINDING)).toEqual(PLAINTEXT);
  expect(open(key, seal(key, Buffer.alloc(0), BINDING), BINDING)).toEqual(Buffer.alloc(0));
});

test("the envelope is a byte of format, 12 of nonce, the ciphertext and 16 of tag", () => {
  const envelope = seal(key, PLAINTEXT, BINDING);
  expect(envelope[0]).toBe(1);
  expect(envelope).toHaveLength(1 + 12 + PLAINTEXT.length + 16);
  expect(envelope.includes(PLAINTEXT)).toBe(false);
});

test("one flipped bit anywhere in the envelope: nothing opens", () => {
  const envelope = seal(key, PLAINTEXT, BINDING);
  for (let bit = 0; bit < envelope.length * 8; bit += 1) {
    const flipped = Buffer.from(envelope);
    flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    if (open(key, flipped, BINDING) !== null) expect.fail(`it opens with bit ${bit} flipped`);
  }
});

test("an envelope that is cut short or goes on is refused", () => {
  const envelope = seal(key, PLAINTEXT, BINDING);
  for (let length = 0; length < envelope.length; length += 1) {
    expect(open(key, envelope.subarray(0, length), BINDING)).toBeNull();
  }
  expect(open(key, Buffer.concat([envelope, Buffer.of(0)]), BINDING)).toBeNull();
});

test.each<[string, Partial<Binding>]>([
  ["another tenant", { tenantId: "tenant-b" }],
  ["another row", { rowId: "row-2" }],
  ["another version of the row", { version: 2 }],
  ["another column of the row", { column: "connection.note" }],
])("moved to %s, it does not open", (_, change) => {
  expect(open(key, seal(key, PLAINTEXT, BINDING), { ...BINDING, ...change })).toBeNull();
});

test("another data key does not open it", () => {
  expect(open(createSecretKey(randomBytes(32)), seal(key, PLAINTEXT, BINDING), BINDING)).toBeNull();
});

test("bindings whose fields join to the same text are told apart", () => {
  const shifted = [
    { column: "ab", tenantId: "c", rowId: "d", version: 1 },
    { column: "a", tenantId: "bc", rowId: "d", version: 1 },
    { column: "a", tenantId: "b", rowId: "cd", version: 1 },
    { column: "abc", tenantId: "", rowId: "d", version: 1 },
    { column: "ab", tenantId: "c", rowId: "", version: 1 },
    { column: "ab", tenantId: "c", rowId: "d1", version: 1 },
    { column: "ab", tenantId: "c", rowId: "d", version: 11 },
  ];
  expect(new Set(shifted.map((binding) => encodeBinding(binding).toString("hex"))).size).toBe(shifted.length);
});

test.each([-1, 0.5, Number.NaN, 2 ** 53])("a version of %d is refused: it would not be the row's", (version) => {
  expect(() => seal(key, PLAINTEXT, { ...BINDING, version })).toThrow(RangeError);
});

test("100,000 seals of one text use 100,000 nonces", { timeout: 60_000 }, () => {
  const nonces = new Set<string>();
  for (let count = 0; count < 100_000; count += 1) {
    nonces.add(seal(key, PLAINTEXT, BINDING).subarray(1, 13).toString("latin1"));
  }
  expect(nonces.size).toBe(100_000);
});
