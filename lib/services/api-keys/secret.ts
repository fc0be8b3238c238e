import { createHash, randomBytes } from "node:crypto";

const PREFIX = "sy_";
/** Enough to recognise a key in a list; 48 of its 256 bits. */
const SHOWN_LENGTH = PREFIX.length + 8;

/** A new key's whole text: `sy_` and 256 random bits. */
export function makeApiKeySecret(): string {
  return PREFIX + randomBytes(32).toString("base64url");
}

/** What is stored instead of the key. 256 random bits need no slow hash: they cannot be guessed. */
export function hashApiKeySecret(secret: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(createHash("sha256").update(secret).digest());
}

/** What may be shown of it later. */
export function describeApiKeySecret(secret: string): { prefix: string; lastFour: string } {
  return { prefix: secret.slice(0, SHOWN_LENGTH), lastFour: secret.slice(-4) };
}
