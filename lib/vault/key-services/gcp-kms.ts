import { z } from "zod";
import { KEY_BYTES } from "../aes-256-gcm.ts";
import type { KeyWrapper, Unwrapping } from "../key-wrapper.ts";
import { encodeBinding } from "../seal.ts";
import { type Fetch, type JsonAnswer, postJson } from "./post-json.ts";

interface GcpKmsSettings {
  /** projects/…/locations/…/keyRings/…/cryptoKeys/… */
  key: string;
  accessToken(): Promise<string>;
  endpoint?: string;
  fetch?: Fetch;
}

const encryptedSchema = z.object({ name: z.string(), ciphertext: z.base64() });
const decryptedSchema = z.object({ plaintext: z.base64() });
const errorSchema = z.object({ error: z.object({ status: z.string().regex(/^[A-Z_]{1,64}$/) }) });

/**
 * Google Cloud KMS, with a symmetric key. The identity needs the role Cloud KMS CryptoKey Encrypter/Decrypter. A new
 * primary version is a new master key; `keys:rotate` then moves to it.
 * API: docs.cloud.google.com/kms/docs/reference/rest/v1/projects.locations.keyRings.cryptoKeys
 */
export function openGcpKms({
  key,
  accessToken,
  endpoint = "https://cloudkms.googleapis.com",
  fetch = globalThis.fetch,
}: GcpKmsSettings) {
  const versions = `${key}/cryptoKeyVersions/`;

  const headers = async () => ({
    "content-type": "application/json",
    authorization: `Bearer ${await accessToken()}`,
  });
  const post = (operation: "encrypt" | "decrypt", fields: object) =>
    postJson(fetch, { url: `${endpoint}/v1/${key}:${operation}`, headers, body: JSON.stringify(fields) });

  return {
    async wrap(dataKey, binding) {
      const answer = await post("encrypt", {
        plaintext: Buffer.from(dataKey).toString("base64"),
        additionalAuthenticatedData: encodeBinding(binding).toString("base64"),
      });
      const body = typeof answer === "object" ? encryptedSchema.safeParse(answer.body).data : undefined;
      if (!body?.name.startsWith(versions)) return { status: "unavailable", reason: explain(answer) };
      return {
        status: "wrapped",
        wrapped: { keyId: `gcp-kms:${body.name}`, bytes: Buffer.from(body.ciphertext, "base64") },
      };
    },
    recognises: (keyId) => keyId.startsWith(`gcp-kms:${versions}`),
    async unwrap({ keyId, bytes }, binding) {
      const answer = await post("decrypt", {
        ciphertext: Buffer.from(bytes).toString("base64"),
        additionalAuthenticatedData: encodeBinding(binding).toString("base64"),
      });
      const body = typeof answer === "object" ? decryptedSchema.safeParse(answer.body).data : undefined;
      if (body === undefined) return refusal(answer, keyId);
      const dataKey = Buffer.from(body.plaintext, "base64");
      return dataKey.length === KEY_BYTES ? { status: "opened", dataKey } : { status: "damaged" };
    },
  } satisfies KeyWrapper;
}

/** A version that was disabled or destroyed is FAILED_PRECONDITION: it can still be enabled or restored for a while. */
function refusal(answer: JsonAnswer | string, keyId: string): Unwrapping {
  const code = codeOf(answer);
  if (code === "INVALID_ARGUMENT") return { status: "damaged" };
  if (code === "NOT_FOUND") return { status: "unknown-master-key", keyId };
  return { status: "unavailable", reason: explain(answer) };
}

function codeOf(answer: JsonAnswer | string): string | undefined {
  return typeof answer === "string" ? undefined : errorSchema.safeParse(answer.body).data?.error.status;
}

function explain(answer: JsonAnswer | string): string {
  if (typeof answer === "string") return `Google Cloud KMS cannot be reached: ${answer}.`;
  return `Google Cloud KMS answered with status ${answer.status}: ${codeOf(answer) ?? "no error code"}.`;
}
