import { createPublicKey } from "node:crypto";
import { rawPublicKey } from "./signing-key.ts";

const KEY_BYTES = 32;

/** The 32 bytes of an Ed25519 key from its base64 or base64url, its PEM, or what `/api/statement-key` answers; else null. */
export function readPublicKey(text: string): Buffer | null {
  const trimmed = text.trim();
  if (trimmed.startsWith("{")) return fromAnswer(trimmed);
  if (trimmed.startsWith("-----BEGIN")) return fromPem(trimmed);
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed)) return null;
  const raw = Buffer.from(trimmed, "base64url");
  return raw.length === KEY_BYTES ? raw : null;
}

function fromAnswer(text: string): Buffer | null {
  try {
    const { publicKey } = JSON.parse(text) as { publicKey?: unknown };
    return typeof publicKey === "string" && !publicKey.startsWith("{") ? readPublicKey(publicKey) : null;
  } catch {
    return null;
  }
}

function fromPem(text: string): Buffer | null {
  try {
    const key = createPublicKey(text);
    return key.asymmetricKeyType === "ed25519" ? rawPublicKey(key) : null;
  } catch {
    return null;
  }
}
