import { z } from "zod";
import { KEY_BYTES } from "../aes-256-gcm.ts";
import type { KeyWrapper, Unwrapping } from "../key-wrapper.ts";
import { encodeBinding } from "../seal.ts";
import { type Fetch, type JsonAnswer, postJson, withoutKeys } from "./post-json.ts";

interface TransitSettings {
  /** Without a trailing slash, e.g. https://vault.example:8200. */
  address: string;
  /** Where the transit engine is mounted, e.g. transit. */
  mount: string;
  key: string;
  /** Asked for every request: an agent beside this process may renew it. */
  token(): Promise<string>;
  namespace?: string | undefined;
  fetch?: Fetch;
}

const encryptedSchema = z.object({ data: z.object({ ciphertext: z.string() }) });
const decryptedSchema = z.object({ data: z.object({ plaintext: z.base64() }) });
const errorsSchema = z.object({ errors: z.array(z.string()) });

const CIPHERTEXT = /^vault:v(\d+):/;

/**
 * HashiCorp Vault's transit engine, or OpenBao's, with a key of an AEAD type (aes256-gcm96 is the default). The token
 * needs `update` on MOUNT/encrypt/KEY and MOUNT/decrypt/KEY. `vault write -f MOUNT/keys/KEY/rotate` makes a new master
 * key; `keys:rotate` then moves to it. API: developer.hashicorp.com/vault/api-docs/secret/transit
 */
export function openVaultTransit({ address, mount, key, token, namespace, fetch = globalThis.fetch }: TransitSettings) {
  const prefix = `vault:${mount}/${key}#`;

  const headers = async () => ({
    "content-type": "application/json",
    "x-vault-token": await token(),
    ...(namespace !== undefined && { "x-vault-namespace": namespace }),
  });
  const post = (operation: "encrypt" | "decrypt", fields: object) =>
    postJson(fetch, {
      url: `${address}/v1/${mount}/${operation}/${key}`,
      headers,
      body: JSON.stringify(fields),
    });

  return {
    async wrap(dataKey, binding) {
      const answer = await post("encrypt", {
        plaintext: Buffer.from(dataKey).toString("base64"),
        associated_data: encodeBinding(binding).toString("base64"),
      });
      const body = typeof answer === "object" ? encryptedSchema.safeParse(answer.body).data : undefined;
      const version = CIPHERTEXT.exec(body?.data.ciphertext ?? "")?.[1];
      if (body === undefined || version === undefined) return { status: "unavailable", reason: explain(answer) };
      const wrapped = { keyId: `${prefix}v${version}`, bytes: Buffer.from(body.data.ciphertext, "utf8") };
      return { status: "wrapped", wrapped };
    },
    recognises: (keyId) => keyId.startsWith(prefix),
    async unwrap({ keyId, bytes }, binding) {
      const answer = await post("decrypt", {
        ciphertext: Buffer.from(bytes).toString("utf8"),
        associated_data: encodeBinding(binding).toString("base64"),
      });
      const body = typeof answer === "object" ? decryptedSchema.safeParse(answer.body).data : undefined;
      if (body === undefined) return refusal(answer, keyId);
      const dataKey = Buffer.from(body.data.plaintext, "base64");
      return dataKey.length === KEY_BYTES ? { status: "opened", dataKey } : { status: "damaged" };
    },
  } satisfies KeyWrapper;
}

/** By Vault's words: its status is 400 for most of them, and 500 for a tag that does not fit in some versions. */
function refusal(answer: JsonAnswer | string, keyId: string): Unwrapping {
  const message = messageOf(answer);
  if (/key not found|too old|too new/i.test(message)) return { status: "unknown-master-key", keyId };
  if (/message authentication failed|invalid ciphertext/i.test(message)) return { status: "damaged" };
  return { status: "unavailable", reason: explain(answer) };
}

function messageOf(answer: JsonAnswer | string): string {
  if (typeof answer === "string") return "";
  return errorsSchema.safeParse(answer.body).data?.errors.join("; ") ?? "";
}

function explain(answer: JsonAnswer | string): string {
  if (typeof answer === "string") return `Vault cannot be reached: ${answer}.`;
  const message = withoutKeys(messageOf(answer));
  return `Vault answered with status ${answer.status}${message === "" ? "." : `: ${message}.`}`;
}
