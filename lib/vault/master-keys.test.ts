import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { bindDataKey } from "./bind-data-key.ts";
import { combineWrappers, type KeyWrapper } from "./key-wrapper.ts";
import { openMasterKeys } from "./master-keys.ts";

const newKey = (name: string) => `${name}:${randomBytes(32).toString("base64")}`;
const OLD = newKey("2025-a");
const NEW = newKey("2026-b");
const dataKey = randomBytes(32);
const binding = bindDataKey({ tenantId: "tenant-a", version: 1 });

async function wrap(keys: KeyWrapper) {
  const wrapping = await keys.wrap(dataKey, binding);
  return wrapping.status === "wrapped" ? wrapping.wrapped : expect.fail(wrapping.reason);
}

test("the first key wraps, and every key that is still given unwraps what it wrapped", async () => {
  const before = await wrap(openMasterKeys(OLD));
  const keys = openMasterKeys(` ${NEW} , ${OLD}`);
  expect(await keys.unwrap(before, binding)).toEqual({ status: "opened", dataKey });
  const after = await wrap(keys);
  expect(after.keyId).toMatch(/^2026-b#/);
  expect(await keys.unwrap(after, binding)).toEqual({ status: "opened", dataKey });
});

test("a key that is no longer given is named", async () => {
  const wrapped = await wrap(openMasterKeys(OLD));
  const opened = await openMasterKeys(NEW).unwrap(wrapped, binding);
  expect(opened).toEqual({ status: "unknown-master-key", keyId: wrapped.keyId });
  expect(wrapped.keyId).toMatch(/^2025-a#[0-9a-f]{16}$/);
});

test("another key under an old name is told from a damaged row", async () => {
  const wrapped = await wrap(openMasterKeys(OLD));
  const opened = await openMasterKeys(newKey("2025-a")).unwrap(wrapped, binding);
  expect(opened).toEqual({ status: "wrong-master-key", keyId: wrapped.keyId });
});

test("a data key opens as its own tenant's and in its own version alone", async () => {
  const keys = openMasterKeys(NEW);
  const wrapped = await wrap(keys);
  for (const other of [
    { tenantId: "tenant-b", version: 1 },
    { tenantId: "tenant-a", version: 2 },
  ]) {
    expect(await keys.unwrap(wrapped, bindDataKey(other))).toEqual({ status: "damaged" });
  }
});

test("one flipped bit anywhere in a wrapped key: it does not open", async () => {
  const keys = openMasterKeys(NEW);
  const { keyId, bytes } = await wrap(keys);
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const flipped = Buffer.from(bytes);
    flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    expect(await keys.unwrap({ keyId, bytes: flipped }, binding)).toEqual({ status: "damaged" });
  }
});

test.each([
  ["nothing", ""],
  ["no name", OLD.slice(OLD.indexOf(":"))],
  ["too short a key", "a:c2hvcnQ="],
  ["two keys of one name", `${OLD},${newKey("2025-a")}`],
  ["a name with the mark that ends it", newKey("a#b")],
])("%s is refused without being repeated", (_, text) => {
  expect(() => openMasterKeys(text)).toThrow(/^(A master key is|Two master keys)/);
});

test("nothing of a master key is shown or in its id", async () => {
  const keys = openMasterKeys(OLD);
  const shown = inspect([keys, await wrap(keys)], { depth: 9, showHidden: true });
  const bytes = Buffer.from(OLD.split(":")[1] as string, "base64");
  expect(shown).not.toContain(bytes.toString("base64").slice(0, 8));
  expect(shown).not.toContain(bytes.toString("hex").slice(0, 8));
});

test("keys of two places: the newest place wraps, each unwraps its own, and an id of neither is unknown", async () => {
  const before = openMasterKeys(OLD);
  const service = { ...openMasterKeys(NEW), recognises: (keyId: string) => keyId.startsWith("2026-b#") };
  const both = combineWrappers(service, before);
  expect((await wrap(both)).keyId).toMatch(/^2026-b#/);
  expect(await both.unwrap(await wrap(before), binding)).toEqual({ status: "opened", dataKey });
  expect(await both.unwrap(await wrap(service), binding)).toEqual({ status: "opened", dataKey });
  const foreign = { keyId: "aws-kms:arn:aws:kms:eu-west-1:1:key/2", bytes: Buffer.alloc(60) };
  expect(await both.unwrap(foreign, binding)).toEqual({ status: "unknown-master-key", keyId: foreign.keyId });
});
