import { KeyRing } from "./key-ring.ts";
import { type ReceivedRequest, serveJson } from "./serve-json.ts";

export const GCP_TOKEN = "ya29.a-token-of-the-fake-google-cloud";
export const GCP_KEY = "projects/p/locations/europe-west4/keyRings/r/cryptoKeys/switchyard";

export interface FakeGcpKms {
  address: string;
  ring: KeyRing;
  hasKey: boolean;
  disabled: Set<number>;
  requests: ReceivedRequest[];
}

/** Cloud KMS's encrypt and decrypt of one key, whose newest version is the primary one. */
export async function serveFakeGcpKms(): Promise<FakeGcpKms> {
  const kms: FakeGcpKms = { address: "", ring: new KeyRing(), hasKey: true, disabled: new Set(), requests: [] };
  kms.address = await serveJson((request) => {
    kms.requests.push(request);
    return answer(kms, request);
  });
  return kms;
}

function answer(kms: FakeGcpKms, { path, headers, body }: ReceivedRequest): [number, unknown] {
  if (headers.authorization !== `Bearer ${GCP_TOKEN}`) return failure(401, "UNAUTHENTICATED");
  if (!kms.hasKey || !path.startsWith(`/v1/${GCP_KEY}:`)) return failure(404, "NOT_FOUND");
  const fields = JSON.parse(body);
  const associatedData = Buffer.from(fields.additionalAuthenticatedData, "base64");
  if (path.endsWith(":encrypt")) {
    const version = kms.ring.newest;
    const sealed = kms.ring.encrypt(Buffer.from(fields.plaintext, "base64"), associatedData);
    const ciphertext = Buffer.concat([Buffer.of(version), sealed]).toString("base64");
    const checks = { ciphertextCrc32c: "1", verifiedPlaintextCrc32c: false, protectionLevel: "SOFTWARE" };
    return [200, { name: `${GCP_KEY}/cryptoKeyVersions/${version}`, ciphertext, ...checks }];
  }
  const ciphertext = Buffer.from(fields.ciphertext, "base64");
  const version = ciphertext[0] ?? 0;
  if (kms.disabled.has(version)) return failure(400, "FAILED_PRECONDITION");
  const plaintext = kms.ring.decrypt(version, ciphertext.subarray(1), associatedData);
  if (plaintext === null) return failure(400, "INVALID_ARGUMENT");
  return [
    200,
    {
      plaintext: plaintext.toString("base64"),
      plaintextCrc32c: "1",
      usedPrimary: version === kms.ring.newest,
      protectionLevel: "SOFTWARE",
    },
  ];
}

function failure(code: number, status: string): [number, unknown] {
  return [code, { error: { code, message: `A message of ${status}`, status } }];
}
