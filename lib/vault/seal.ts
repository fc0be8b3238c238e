import { type KeyObject, randomBytes } from "node:crypto";
import { decrypt, encrypt, NONCE_BYTES, TAG_BYTES } from "./aes-256-gcm.ts";

/**
 * Where a sealed value belongs: it opens there and nowhere else. `column` is table and column, so that two secrets of
 * one row cannot stand for each other; `version` is the row's own count, so that an older value cannot come back.
 */
export interface Binding {
  column: string;
  tenantId: string;
  rowId: string;
  version: number;
}

const FORMAT = 1;
const HEADER_BYTES = 1 + NONCE_BYTES;

/** One byte of format, the random nonce, the ciphertext and its tag: 29 bytes more than the plaintext. */
export function seal(key: KeyObject, plaintext: Uint8Array, binding: Binding): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const associatedData = encodeBinding(binding);
  return Buffer.concat([Buffer.of(FORMAT), nonce, encrypt({ key, nonce, associatedData }, plaintext)]);
}

/** The plaintext, or null: another key, another place, or one bit that is not as it was. */
export function open(key: KeyObject, envelope: Uint8Array, binding: Binding): Buffer | null {
  if (envelope.length < HEADER_BYTES + TAG_BYTES || envelope[0] !== FORMAT) return null;
  const nonce = envelope.subarray(1, HEADER_BYTES);
  return decrypt({ key, nonce, associatedData: encodeBinding(binding) }, envelope.subarray(HEADER_BYTES));
}

/** The binding as associated data: every field after its length, so that no two bindings have the same bytes. */
export function encodeBinding({ column, tenantId, rowId, version }: Binding): Buffer {
  if (!Number.isSafeInteger(version) || version < 0) throw new RangeError("A version is a whole number from 0.");
  const fields = ["switchyard", String(FORMAT), column, tenantId, rowId, String(version)];
  return Buffer.concat(
    fields.flatMap((field) => {
      const bytes = Buffer.from(field, "utf8");
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}
