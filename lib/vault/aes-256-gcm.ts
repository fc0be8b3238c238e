import { createCipheriv, createDecipheriv, type KeyObject } from "node:crypto";

export const KEY_BYTES = 32;
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;

/** Nonce and associated data are authenticated with the text but are no part of the answer: ciphertext, then tag. */
interface Sealing {
  key: KeyObject | Uint8Array;
  nonce: Uint8Array;
  associatedData: Uint8Array;
}

/** AES-256-GCM as in NIST SP 800-38D, with a 96-bit nonce that must never come twice under one key. */
export function encrypt({ key, nonce, associatedData }: Sealing, plaintext: Uint8Array): Buffer {
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(associatedData);
  const ciphertext = cipher.update(plaintext);
  cipher.final();
  return Buffer.concat([ciphertext, cipher.getAuthTag()]);
}

/** The plaintext, or null when anything is other than it was at `encrypt`. */
export function decrypt({ key, nonce, associatedData }: Sealing, sealed: Uint8Array): Buffer | null {
  if (sealed.length < TAG_BYTES) return null;
  const end = sealed.length - TAG_BYTES;
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(associatedData);
  decipher.setAuthTag(sealed.subarray(end));
  const plaintext = decipher.update(sealed.subarray(0, end));
  try {
    decipher.final();
    return plaintext;
  } catch {
    // Node tells a tag that does not fit by throwing, after the text was deciphered: nobody may see that text.
    plaintext.fill(0);
    return null;
  }
}
