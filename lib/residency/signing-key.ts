import { createHash, createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign } from "node:crypto";

/** The instance's key for statements. What is signed with it can be checked by anybody who has the public half. */
export interface SigningKey {
  /** The beginning of the public key's SHA-256: enough to tell keys apart. */
  keyId: string;
  /** The public half: 32 bytes as base64. */
  publicKey: string;
  /** An Ed25519 signature (RFC 8032) of a text as UTF-8: 64 bytes as base64. */
  sign(text: string): string;
}

/** What stands before the 32 bytes of a key in DER: RFC 8410. */
const PRIVATE_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");
const PUBLIC_PREFIX = Buffer.from("302a300506032b6570032100", "hex");

/**
 * The key that was given (base64 of 32 bytes), or else one that follows from the session secret: instances that share
 * that share the key, and it is the same after every start.
 */
export function openSigningKey(given: string | null, sessionSecret: string): SigningKey {
  const seed = given === null ? deriveSeed(sessionSecret) : Buffer.from(given, "base64");
  const privateKey = createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, seed]), format: "der", type: "pkcs8" });
  const raw = rawPublicKey(createPublicKey(privateKey));
  return {
    keyId: keyIdOf(raw),
    publicKey: raw.toString("base64"),
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString("base64"),
  };
}

function deriveSeed(sessionSecret: string): Buffer {
  return Buffer.from(hkdfSync("sha256", sessionSecret, "", "switchyard statement key", 32));
}

/** Of 32 bytes. */
export function toPublicKey(raw: Buffer): KeyObject {
  return createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, raw]), format: "der", type: "spki" });
}

export function rawPublicKey(key: KeyObject): Buffer {
  return key.export({ format: "der", type: "spki" }).subarray(PUBLIC_PREFIX.length);
}

export function keyIdOf(raw: Buffer): string {
  return createHash("sha256").update(raw).digest("hex").slice(0, 16);
}
