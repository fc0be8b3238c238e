import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** The versions of one key of a key service, each an AES-256 key: what happens inside of the service. */
export class KeyRing {
  readonly #keys = [randomBytes(32)];

  get newest(): number {
    return this.#keys.length;
  }

  rotate(): void {
    this.#keys.push(randomBytes(32));
  }

  encrypt(plaintext: Buffer, associatedData: Buffer): Buffer {
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", this.#keys[this.newest - 1] as Buffer, nonce);
    cipher.setAAD(associatedData);
    return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  }

  /** Null when it does not fit. */
  decrypt(version: number, sealed: Buffer, associatedData: Buffer): Buffer | null {
    const key = this.#keys[version - 1];
    if (key === undefined || sealed.length < 28) return null;
    const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, 12), { authTagLength: 16 });
    decipher.setAAD(associatedData);
    decipher.setAuthTag(sealed.subarray(-16));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
    } catch {
      return null;
    }
  }
}
