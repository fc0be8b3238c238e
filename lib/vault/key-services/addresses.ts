/** Where master keys are, as SWITCHYARD_KEY_SERVICE names it. */
export type KeyServiceAddress =
  | { kind: "environment" }
  | { kind: "aws-kms"; arn: string }
  | { kind: "gcp-kms"; key: string }
  | { kind: "vault"; address: string; mount: string; key: string };

export const KEY_SERVICES_FORM =
  "a comma-separated list, newest first, of environment, aws-kms:ARN, gcp-kms:projects/…/cryptoKeys/… and vault:https://HOST/MOUNT/KEY";

const AWS_ARN = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(key|alias)\/[\w/-]+$/;
const GCP_KEY = /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/:]+$/;

/**
 * Comma-separated, the newest first: it wraps, the others only unwrap. Each is `environment` (SWITCHYARD_MASTER_KEYS),
 * `aws-kms:ARN`, `gcp-kms:projects/…/cryptoKeys/…` or `vault:https://HOST/MOUNT/KEY`. Null: not of this form.
 */
export function parseKeyServices(text: string): KeyServiceAddress[] | null {
  const addresses = text.split(",").map((part) => parseAddress(part.trim()));
  return addresses.every((address) => address !== null) ? addresses : null;
}

function parseAddress(text: string): KeyServiceAddress | null {
  if (text === "environment") return { kind: "environment" };
  const [kind = "", ...rest] = text.split(":");
  const value = rest.join(":");
  if (kind === "aws-kms") return AWS_ARN.test(value) ? { kind, arn: value } : null;
  if (kind === "gcp-kms") return GCP_KEY.test(value) ? { kind, key: value } : null;
  return kind === "vault" ? parseVaultAddress(value) : null;
}

function parseVaultAddress(value: string): KeyServiceAddress | null {
  const url = URL.parse(value);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username + url.password + url.search + url.hash !== "") {
    return null;
  }
  const [, mount, key] = /^\/([\w./-]+)\/([\w.-]+)$/.exec(url.pathname) ?? [];
  return mount && key ? { kind: "vault", address: url.origin, mount, key } : null;
}
