import { readFile } from "node:fs/promises";
import { KEY_SERVICES_FORM, type KeyServiceAddress, parseKeyServices } from "./key-services/addresses.ts";
import { findAwsCredentials } from "./key-services/aws-credentials.ts";
import { openAwsKms } from "./key-services/aws-kms.ts";
import { openGcpKms } from "./key-services/gcp-kms.ts";
import { openVaultTransit } from "./key-services/vault-transit.ts";
import { combineWrappers, type KeyWrapper } from "./key-wrapper.ts";
import { openMasterKeys } from "./master-keys.ts";

export interface KeyWrapperSettings {
  /** SWITCHYARD_MASTER_KEYS, or those made in the data folder; null: there are none. */
  masterKeys: string | null;
  /** SWITCHYARD_KEY_SERVICE; null: the master keys above. */
  keyService: string | null;
  /** What the services' own tools read too: AWS_*, GOOGLE_APPLICATION_CREDENTIALS, VAULT_TOKEN, VAULT_NAMESPACE. */
  variables: Readonly<Record<string, string | undefined>>;
}

/**
 * Where this instance's master keys are. Master keys that are given beside a key service keep opening what they
 * sealed, until `keys:rotate` has moved it. Throws, in words for the operator, when something that it takes is missing.
 */
export function openKeyWrapper({ masterKeys, keyService, variables }: KeyWrapperSettings): KeyWrapper {
  const addresses = parseKeyServices(keyService ?? "environment");
  if (addresses === null) throw new Error(`SWITCHYARD_KEY_SERVICE must be ${KEY_SERVICES_FORM}.`);
  if (masterKeys !== null && !addresses.some(({ kind }) => kind === "environment")) {
    addresses.push({ kind: "environment" });
  }
  const [newest, ...older] = addresses.map((address) => openOne(address, masterKeys, variables));
  return combineWrappers(newest as KeyWrapper, ...older);
}

function openOne(address: KeyServiceAddress, masterKeys: string | null, variables: KeyWrapperSettings["variables"]) {
  switch (address.kind) {
    case "environment":
      if (masterKeys === null) throw new Error("SWITCHYARD_MASTER_KEYS is unset, and SWITCHYARD_KEY_SERVICE names it.");
      return openMasterKeys(masterKeys);
    case "aws-kms": {
      const credentials = findAwsCredentials(variables, globalThis.fetch);
      return openAwsKms({ arn: address.arn, credentials, endpoint: variables.AWS_ENDPOINT_URL_KMS || undefined });
    }
    case "gcp-kms":
      return openGcpKms({ key: address.key, accessToken: findGoogleToken() });
    case "vault":
      return openVaultTransit({
        ...address,
        token: findVaultToken(variables),
        namespace: variables.VAULT_NAMESPACE || undefined,
      });
  }
}

/** VAULT_TOKEN, or the file that an agent beside this process keeps a fresh token in. */
function findVaultToken({ VAULT_TOKEN: token, VAULT_TOKEN_FILE: file }: KeyWrapperSettings["variables"]) {
  if (file) return async () => (await readFile(file, "utf8")).trim();
  if (token) return async () => token;
  throw new Error("SWITCHYARD_KEY_SERVICE names Vault, which needs VAULT_TOKEN or VAULT_TOKEN_FILE.");
}

/** The machine's own identity, or a service account's key file. Loaded when asked for: the library is large. */
function findGoogleToken(): () => Promise<string> {
  let auth: Promise<{ getAccessToken(): Promise<string | null | undefined> }> | null = null;
  return async () => {
    auth ??= import("google-auth-library").then(
      ({ GoogleAuth }) => new GoogleAuth({ scopes: "https://www.googleapis.com/auth/cloudkms" }),
    );
    const token = await (await auth).getAccessToken();
    if (!token) throw new Error("Google gives no access token.");
    return token;
  };
}
