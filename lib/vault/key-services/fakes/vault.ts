import { randomUUID } from "node:crypto";
import { KeyRing } from "./key-ring.ts";
import { type ReceivedRequest, serveJson } from "./serve-json.ts";

export const VAULT_TOKEN = "hvs.CAESIJ-a-token-of-the-fake-vault";

/** What a test may change while the server runs. */
export interface FakeVault {
  address: string;
  ring: KeyRing;
  minDecryptionVersion: number;
  isSealed: boolean;
  hasKey: boolean;
  /** Versions since 1.5 or so answer a tag that does not fit with 500 instead of 400. */
  faultStatus: 400 | 500;
  requests: ReceivedRequest[];
}

/** Vault's transit engine at /v1/transit/{encrypt,decrypt}/switchyard, with its answers word for word. */
export async function serveFakeVault(): Promise<FakeVault> {
  const vault: FakeVault = {
    address: "",
    ring: new KeyRing(),
    minDecryptionVersion: 1,
    isSealed: false,
    hasKey: true,
    faultStatus: 400,
    requests: [],
  };
  vault.address = await serveJson((request) => {
    vault.requests.push(request);
    return answer(vault, request);
  });
  return vault;
}

function answer(vault: FakeVault, { path, headers, body }: ReceivedRequest): [number, unknown] {
  if (vault.isSealed) return [503, { errors: ["Vault is sealed"] }];
  if (headers["x-vault-token"] !== VAULT_TOKEN) return [403, { errors: ["permission denied"] }];
  const fields: Record<string, string> = JSON.parse(body);
  const associatedData = Buffer.from(fields.associated_data ?? "", "base64");
  if (path === "/v1/transit/encrypt/switchyard") {
    if (!vault.hasKey) return [400, { errors: ["encryption key not found"] }];
    const sealed = vault.ring.encrypt(Buffer.from(fields.plaintext ?? "", "base64"), associatedData);
    const { newest } = vault.ring;
    return data({ ciphertext: `vault:v${newest}:${sealed.toString("base64")}`, key_version: newest });
  }
  if (path === "/v1/transit/decrypt/switchyard") return decrypt(vault, fields.ciphertext ?? "", associatedData);
  return [404, { errors: [] }];
}

function decrypt(vault: FakeVault, ciphertext: string, associatedData: Buffer): [number, unknown] {
  if (!vault.hasKey) return [400, { errors: ["encryption key not found"] }];
  const [, version, encoded] = /^vault:v(\d+):([A-Za-z0-9+/]+=*)$/.exec(ciphertext) ?? [];
  if (version === undefined || encoded === undefined) return [400, { errors: ["invalid ciphertext: no prefix"] }];
  if (Number(version) > vault.ring.newest) return [400, { errors: ["invalid ciphertext: version is too new"] }];
  if (Number(version) < vault.minDecryptionVersion) {
    return [400, { errors: ["ciphertext or signature version is disallowed by policy (too old)"] }];
  }
  const plaintext = vault.ring.decrypt(Number(version), Buffer.from(encoded, "base64"), associatedData);
  if (plaintext !== null) return data({ plaintext: plaintext.toString("base64") });
  const message = "cipher: message authentication failed";
  const isOldWay = vault.faultStatus === 400;
  return [vault.faultStatus, { errors: [isOldWay ? message : `1 error occurred:\n\t* ${message}\n\n`] }];
}

function data(fields: object): [number, unknown] {
  const frame = { request_id: randomUUID(), lease_id: "", renewable: false, lease_duration: 0 };
  return [200, { ...frame, data: fields, wrap_info: null, warnings: null, auth: null, mount_type: "transit" }];
}
