import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { bindDataKey } from "../bind-data-key.ts";
import type { KeyWrapper, WrappedKey } from "../key-wrapper.ts";
import { openAwsKms } from "./aws-kms.ts";
import { AWS_ACCOUNT_KEYS, AWS_ALIAS, AWS_CREDENTIALS, type FakeAwsKms, serveFakeAwsKms } from "./fakes/aws-kms.ts";
import { type FakeGcpKms, GCP_KEY, GCP_TOKEN, serveFakeGcpKms } from "./fakes/gcp-kms.ts";
import { KeyRing } from "./fakes/key-ring.ts";
import { serveJson } from "./fakes/serve-json.ts";
import { type FakeVault, serveFakeVault, VAULT_TOKEN } from "./fakes/vault.ts";
import { openGcpKms } from "./gcp-kms.ts";
import { openVaultTransit } from "./vault-transit.ts";

const dataKey = randomBytes(32);
const binding = bindDataKey({ tenantId: "tenant-a", version: 1 });

/** A service that listens on a socket, and what its operator can do. */
interface Running {
  wrapper: KeyWrapper;
  /** The same service, asked with credentials that it refuses. */
  stranger: KeyWrapper;
  /** The same client, pointed at whatever answers there. */
  at(address: string): KeyWrapper;
  rotate(): void;
  removeKey(): void;
  requests: { path: string; body: string }[];
}

const vaultAt = (address: string, token: string) =>
  openVaultTransit({ address, mount: "transit", key: "switchyard", token: async () => token });
const awsAt = (endpoint: string, secretAccessKey: string) =>
  openAwsKms({
    arn: AWS_ALIAS,
    endpoint: `${endpoint}/`,
    credentials: async () => ({ ...AWS_CREDENTIALS, secretAccessKey }),
  });
const gcpAt = (endpoint: string, token: string) =>
  openGcpKms({ key: GCP_KEY, endpoint, accessToken: async () => token });

const SERVICES: Record<string, () => Promise<Running>> = {
  "HashiCorp Vault": async () => {
    const vault: FakeVault = await serveFakeVault();
    return {
      wrapper: vaultAt(vault.address, VAULT_TOKEN),
      stranger: vaultAt(vault.address, "hvs.of-a-stranger-who-has-no-business-here"),
      at: (address) => vaultAt(address, VAULT_TOKEN),
      rotate: () => vault.ring.rotate(),
      removeKey: () => {
        vault.hasKey = false;
      },
      requests: vault.requests,
    };
  },
  "AWS KMS": async () => {
    const kms: FakeAwsKms = await serveFakeAwsKms();
    return {
      wrapper: awsAt(kms.address, AWS_CREDENTIALS.secretAccessKey),
      stranger: awsAt(kms.address, "the-secret-key-of-a-stranger"),
      at: (address) => awsAt(address, AWS_CREDENTIALS.secretAccessKey),
      rotate: () => {
        kms.current = `${AWS_ACCOUNT_KEYS}0002`;
        kms.keys.set(kms.current, new KeyRing());
      },
      removeKey: () => kms.keys.clear(),
      requests: kms.requests,
    };
  },
  "Google Cloud KMS": async () => {
    const kms: FakeGcpKms = await serveFakeGcpKms();
    return {
      wrapper: gcpAt(kms.address, GCP_TOKEN),
      stranger: gcpAt(kms.address, "ya29.of-a-stranger-who-has-no-business-here"),
      at: (address) => gcpAt(address, GCP_TOKEN),
      rotate: () => kms.ring.rotate(),
      removeKey: () => {
        kms.hasKey = false;
      },
      requests: kms.requests,
    };
  },
};

async function wrapWith(wrapper: KeyWrapper): Promise<WrappedKey> {
  const wrapping = await wrapper.wrap(dataKey, binding);
  return wrapping.status === "wrapped" ? wrapping.wrapped : expect.fail(wrapping.reason);
}

describe.each(Object.entries(SERVICES))("%s over HTTP", (_, serve) => {
  let service: Running;
  beforeEach(async () => {
    service = await serve();
  });

  test("a data key that it wrapped opens again, and its wrapping shows nothing of it", async () => {
    const wrapped = await wrapWith(service.wrapper);
    expect(await service.wrapper.unwrap(wrapped, binding)).toEqual({ status: "opened", dataKey });
    expect(Buffer.from(wrapped.bytes).includes(dataKey)).toBe(false);
    expect(service.wrapper.recognises(wrapped.keyId)).toBe(true);
  });

  test("moved to another tenant or version, it does not open", async () => {
    const wrapped = await wrapWith(service.wrapper);
    for (const other of [
      { tenantId: "tenant-b", version: 1 },
      { tenantId: "tenant-a", version: 2 },
    ]) {
      expect(await service.wrapper.unwrap(wrapped, bindDataKey(other))).toEqual({ status: "damaged" });
    }
  });

  test("one changed byte: it does not open", async () => {
    const { keyId, bytes } = await wrapWith(service.wrapper);
    const changed = Buffer.from(bytes);
    const last = changed.length - 4;
    changed[last] = changed[last] === 65 ? 66 : 65;
    expect(await service.wrapper.unwrap({ keyId, bytes: changed }, binding)).toEqual({ status: "damaged" });
  });

  test("after a rotation the next wrapping names another key, and the ones before still open", async () => {
    const before = await wrapWith(service.wrapper);
    service.rotate();
    const after = await wrapWith(service.wrapper);
    expect(after.keyId).not.toBe(before.keyId);
    for (const wrapped of [before, after]) {
      expect(await service.wrapper.unwrap(wrapped, binding)).toEqual({ status: "opened", dataKey });
    }
  });

  test("a key that is gone is unknown, not damage", async () => {
    const wrapped = await wrapWith(service.wrapper);
    service.removeKey();
    const opened = await service.wrapper.unwrap(wrapped, binding);
    expect(opened).toEqual({ status: "unknown-master-key", keyId: wrapped.keyId });
    expect(await service.wrapper.wrap(dataKey, binding)).toMatchObject({ status: "unavailable" });
  });

  test("refused credentials are the service's state, not damage, and are not tried again", async () => {
    const wrapped = await wrapWith(service.wrapper);
    const before = service.requests.length;
    const opened = await service.stranger.unwrap(wrapped, binding);
    expect(opened).toMatchObject({ status: "unavailable" });
    expect(JSON.stringify(opened)).not.toContain("stranger");
    expect(service.requests.length - before).toBe(1);
  });

  test("nobody there: it says so", async () => {
    const nobody = service.at("http://127.0.0.1:2");
    const wrapped = await wrapWith(service.wrapper);
    expect(await nobody.unwrap(wrapped, binding)).toEqual({
      status: "unavailable",
      reason: expect.stringMatching(/cannot be reached: ECONNREFUSED\.$/),
    });
  });

  test("a fault that passes is not noticed", async () => {
    const wrapped = await wrapWith(service.wrapper);
    let faults = 2;
    const flaky = await serveJson(() => [faults-- > 0 ? 503 : 400, {}]);
    const opened = await service.at(flaky).unwrap(wrapped, binding);
    expect(opened).toMatchObject({ status: "unavailable", reason: expect.stringContaining("status 400") });
    expect(faults).toBe(-1);
  });

  test("an answer that repeats what was sent does not get the data key into the reason", async () => {
    const echo = await serveJson(({ body }) => [
      400,
      { errors: [body], __type: body, error: { status: body, message: body } },
    ]);
    const wrapping = await service.at(echo).wrap(dataKey, binding);
    expect(wrapping).toMatchObject({ status: "unavailable" });
    expect(JSON.stringify(wrapping)).not.toContain(dataKey.toString("base64").slice(0, 8));
  });

  test.each<[string, unknown]>([
    ["an empty object", {}],
    ["nothing", null],
    [
      "a plain text of another length",
      { data: { plaintext: "c2hvcnQ=" }, Plaintext: "c2hvcnQ=", plaintext: "c2hvcnQ=" },
    ],
    ["no base64", { data: { plaintext: "%" }, Plaintext: "%", plaintext: "%" }],
  ])("a success that holds %s is none", async (__, body) => {
    const wrapped = await wrapWith(service.wrapper);
    const strange = service.at(await serveJson(() => [200, body]));
    expect((await strange.unwrap(wrapped, binding)).status).not.toBe("opened");
    expect(await strange.wrap(dataKey, binding)).toMatchObject({ status: "unavailable" });
  });

  test("a redirect is not followed: it would take the credentials along", async () => {
    const wrapped = await wrapWith(service.wrapper);
    let followed = 0;
    const target = await serveJson(() => {
      followed += 1;
      return [200, {}];
    });
    const redirecting = await serveJson(() => [307, {}, { location: `${target}/` }]);
    const opened = await service.at(redirecting).unwrap(wrapped, binding);
    expect(opened).toMatchObject({ status: "unavailable", reason: expect.stringContaining("cannot be reached") });
    expect(followed).toBe(0);
  });
});
