import { createHmac, createSecretKey, type KeyObject } from "node:crypto";
import { KEY_BYTES } from "./aes-256-gcm.ts";
import type { KeyWrapper } from "./key-wrapper.ts";
import { open, seal } from "./seal.ts";

interface MasterKey {
  name: string;
  /** The name and a check value of the bytes, so that a key that took over a name is told from a damaged row. */
  keyId: string;
  key: KeyObject;
}

const KEY_ID = /^([^:#]+)#[0-9a-f]{16}$/;

/**
 * Master keys given as `name:base64(32 bytes)`, comma-separated, newest first. Throws on any other form, without
 * repeating it. The keys stay in this process.
 */
export function openMasterKeys(text: string): KeyWrapper {
  const keys = text.split(",").map((part) => parseMasterKey(part.trim()));
  const byName = new Map(keys.map((key) => [key.name, key]));
  const newest = keys[0];
  if (newest === undefined || byName.size !== keys.length) throw new Error("Two master keys have one name.");
  return {
    async wrap(dataKey, binding) {
      return { status: "wrapped", wrapped: { keyId: newest.keyId, bytes: seal(newest.key, dataKey, binding) } };
    },
    recognises: (keyId) => KEY_ID.test(keyId),
    async unwrap({ keyId, bytes }, binding) {
      const known = byName.get(KEY_ID.exec(keyId)?.[1] ?? "");
      if (known === undefined) return { status: "unknown-master-key", keyId };
      if (known.keyId !== keyId) return { status: "wrong-master-key", keyId };
      const dataKey = open(known.key, bytes, binding);
      return dataKey === null ? { status: "damaged" } : { status: "opened", dataKey };
    },
  };
}

function parseMasterKey(part: string): MasterKey {
  const [name = "", encoded = "", ...rest] = part.split(":");
  const bytes = Buffer.from(encoded, "base64");
  if (name === "" || name.includes("#") || rest.length > 0 || bytes.length !== KEY_BYTES) {
    throw new Error("A master key is name:base64(32 bytes).");
  }
  const check = createHmac("sha256", bytes).update("switchyard master key").digest("hex").slice(0, 16);
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return { name, keyId: `${name}#${check}`, key };
}
