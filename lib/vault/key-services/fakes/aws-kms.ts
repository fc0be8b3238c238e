import { createHash, createHmac } from "node:crypto";
import { KeyRing } from "./key-ring.ts";
import { type ReceivedRequest, serveJson } from "./serve-json.ts";

export const AWS_CREDENTIALS = { accessKeyId: "AKIAFAKEFAKEFAKEFAKE", secretAccessKey: "fake/secret+access/key" };
export const AWS_ACCOUNT_KEYS = "arn:aws:kms:eu-central-1:111122223333:key/";
export const AWS_ALIAS = "arn:aws:kms:eu-central-1:111122223333:alias/switchyard";

export interface FakeAwsKms {
  address: string;
  /** The key that the alias points to. */
  current: string;
  keys: Map<string, KeyRing>;
  disabled: Set<string>;
  requests: ReceivedRequest[];
}

/** KMS's Encrypt and Decrypt behind an alias, which checks signatures by its own reckoning. */
export async function serveFakeAwsKms(): Promise<FakeAwsKms> {
  const current = `${AWS_ACCOUNT_KEYS}0001`;
  const kms: FakeAwsKms = {
    address: "",
    current,
    keys: new Map([[current, new KeyRing()]]),
    disabled: new Set(),
    requests: [],
  };
  kms.address = await serveJson((request) => {
    kms.requests.push(request);
    return answer(kms, request);
  });
  return kms;
}

function answer(kms: FakeAwsKms, request: ReceivedRequest): [number, unknown] {
  if (!isSigned(request)) return failure("InvalidSignatureException");
  const fields = JSON.parse(request.body);
  const keyId: string = fields.KeyId === AWS_ALIAS ? kms.current : fields.KeyId;
  const ring = kms.keys.get(keyId);
  if (ring === undefined) return failure("NotFoundException");
  if (kms.disabled.has(keyId)) return failure("DisabledException");
  const context = Buffer.from(JSON.stringify(Object.entries(fields.EncryptionContext).sort()));
  if (request.headers["x-amz-target"] === "TrentService.Encrypt") {
    const sealed = ring.encrypt(Buffer.from(fields.Plaintext, "base64"), context);
    return [200, { CiphertextBlob: sealed.toString("base64"), EncryptionAlgorithm: "SYMMETRIC_DEFAULT", KeyId: keyId }];
  }
  const plaintext = ring.decrypt(1, Buffer.from(fields.CiphertextBlob, "base64"), context);
  if (plaintext === null) return failure("InvalidCiphertextException");
  return [200, { EncryptionAlgorithm: "SYMMETRIC_DEFAULT", KeyId: keyId, Plaintext: plaintext.toString("base64") }];
}

function failure(type: string): [number, unknown] {
  return [400, { __type: type, message: `A message of ${type}` }];
}

/** Signature Version 4: docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
function isSigned({ path, headers, body }: ReceivedRequest): boolean {
  const pattern =
    /^AWS4-HMAC-SHA256 Credential=(\w+)\/(\d{8})\/(eu-central-1)\/(kms)\/aws4_request, SignedHeaders=([\w;-]+), Signature=(\w{64})$/;
  const [, keyId, date, region, service, names, signature] = pattern.exec(headers.authorization ?? "") ?? [];
  if (keyId !== AWS_CREDENTIALS.accessKeyId || !names?.includes("x-amz-target")) return false;
  const time = String(headers["x-amz-date"]);
  const signedHeaders = names.split(";").map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const canonical = ["POST", path, "", signedHeaders.join(""), names, sha256(body)].join("\n");
  const scope = [date, region, service, "aws4_request"];
  const text = ["AWS4-HMAC-SHA256", time, scope.join("/"), sha256(canonical)].join("\n");
  const key = scope.reduce<string | Buffer>(
    (secret, part) =>
      createHmac("sha256", secret)
        .update(part ?? "")
        .digest(),
    `AWS4${AWS_CREDENTIALS.secretAccessKey}`,
  );
  return createHmac("sha256", key).update(text).digest("hex") === signature;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
