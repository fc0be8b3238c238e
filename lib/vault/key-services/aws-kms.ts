import { AwsV4Signer } from "aws4fetch";
import { z } from "zod";
import { KEY_BYTES } from "../aes-256-gcm.ts";
import type { KeyWrapper, Unwrapping } from "../key-wrapper.ts";
import type { Binding } from "../seal.ts";
import type { AwsCredentials } from "./aws-credentials.ts";
import { type Fetch, type JsonAnswer, postJson } from "./post-json.ts";

interface AwsKmsSettings {
  /** Of a symmetric key, or of an alias for one. */
  arn: string;
  credentials(): Promise<AwsCredentials>;
  /** The region's own unless a VPC endpoint or the like stands in. */
  endpoint?: string | undefined;
  fetch?: Fetch;
}

const encryptedSchema = z.object({ CiphertextBlob: z.base64(), KeyId: z.string() });
const decryptedSchema = z.object({ Plaintext: z.base64() });
const errorSchema = z.object({ __type: z.string().transform((type) => type.replace(/^.*#/, "")) });

/**
 * AWS KMS. The identity needs kms:Encrypt and kms:Decrypt. KMS renews a key's material by itself, under the same id;
 * `keys:rotate` moves to another key, by its own ARN or when the alias points elsewhere.
 * API: docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html
 */
export function openAwsKms({ arn, credentials, endpoint, fetch = globalThis.fetch }: AwsKmsSettings) {
  const [, partition, , region = "", account] = arn.split(":");
  const url = endpoint ?? `https://kms.${region}.amazonaws.com${partition === "aws-cn" ? ".cn" : ""}/`;
  /** Only keys of this account: a row cannot have us trust somebody else's. */
  const keys = `aws-kms:arn:${partition}:kms:${region}:${account}:key/`;

  const post = (operation: "Encrypt" | "Decrypt", fields: object) => {
    const body = JSON.stringify(fields);
    const headers = async () => {
      const plain = { "content-type": "application/x-amz-json-1.1", "x-amz-target": `TrentService.${operation}` };
      const signer = new AwsV4Signer({ url, body, headers: plain, region, service: "kms", ...(await credentials()) });
      return Object.fromEntries((await signer.sign()).headers);
    };
    return postJson(fetch, { url, body, headers });
  };

  return {
    async wrap(dataKey, binding) {
      const answer = await post("Encrypt", {
        KeyId: arn,
        Plaintext: Buffer.from(dataKey).toString("base64"),
        EncryptionContext: toContext(binding),
      });
      const body = typeof answer === "object" ? encryptedSchema.safeParse(answer.body).data : undefined;
      const keyId = `aws-kms:${body?.KeyId}`;
      if (body === undefined || !keyId.startsWith(keys)) return { status: "unavailable", reason: explain(answer) };
      return { status: "wrapped", wrapped: { keyId, bytes: Buffer.from(body.CiphertextBlob, "base64") } };
    },
    recognises: (keyId) => keyId.startsWith(keys),
    async unwrap({ keyId, bytes }, binding) {
      const answer = await post("Decrypt", {
        KeyId: keyId.slice("aws-kms:".length),
        CiphertextBlob: Buffer.from(bytes).toString("base64"),
        EncryptionContext: toContext(binding),
      });
      const body = typeof answer === "object" ? decryptedSchema.safeParse(answer.body).data : undefined;
      if (body === undefined) return refusal(answer, keyId);
      const dataKey = Buffer.from(body.Plaintext, "base64");
      return dataKey.length === KEY_BYTES ? { status: "opened", dataKey } : { status: "damaged" };
    },
  } satisfies KeyWrapper;
}

/** In words, since KMS writes it into the account's audit trail. */
function toContext({ column, tenantId, rowId, version }: Binding): Record<string, string> {
  return { "switchyard:column": column, tenant: tenantId, row: rowId, version: String(version) };
}

/** A key that is disabled or waits for its deletion can come back: it is unavailable, not gone. */
function refusal(answer: JsonAnswer | string, keyId: string): Unwrapping {
  const code = codeOf(answer);
  if (code === "InvalidCiphertextException") return { status: "damaged" };
  if (code === "NotFoundException" || code === "IncorrectKeyException") return { status: "unknown-master-key", keyId };
  return { status: "unavailable", reason: explain(answer) };
}

function codeOf(answer: JsonAnswer | string): string | undefined {
  const code = typeof answer === "string" ? undefined : errorSchema.safeParse(answer.body).data?.__type;
  return code !== undefined && /^\w{1,64}$/.test(code) ? code : undefined;
}

function explain(answer: JsonAnswer | string): string {
  if (typeof answer === "string") return `AWS KMS cannot be reached: ${answer}.`;
  return `AWS KMS answered with status ${answer.status}: ${codeOf(answer) ?? "no error code"}.`;
}
