import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { bindDataKey } from "../bind-data-key.ts";
import { encodeBinding } from "../seal.ts";
import { GCP_KEY, GCP_TOKEN, serveFakeGcpKms } from "./fakes/gcp-kms.ts";
import { openGcpKms } from "./gcp-kms.ts";

const dataKey = randomBytes(32);
const binding = bindDataKey({ tenantId: "tenant-a", version: 1 });

async function setUp() {
  const service = await serveFakeGcpKms();
  const kms = openGcpKms({ key: GCP_KEY, endpoint: service.address, accessToken: async () => GCP_TOKEN });
  const wrapping = await kms.wrap(dataKey, binding);
  return { service, kms, wrapped: wrapping.status === "wrapped" ? wrapping.wrapped : expect.fail(wrapping.reason) };
}

test("what is sent is what Cloud KMS takes, and the version that wrapped is remembered", async () => {
  const { service, wrapped } = await setUp();
  expect(service.requests[0]).toMatchObject({ path: `/v1/${GCP_KEY}:encrypt` });
  expect(JSON.parse(service.requests[0]?.body ?? "")).toEqual({
    plaintext: dataKey.toString("base64"),
    additionalAuthenticatedData: encodeBinding(binding).toString("base64"),
  });
  expect(wrapped.keyId).toBe(`gcp-kms:${GCP_KEY}/cryptoKeyVersions/1`);
});

test("a version that is disabled is unavailable: it can be enabled again", async () => {
  const { service, kms, wrapped } = await setUp();
  service.disabled.add(1);
  const reason = "Google Cloud KMS answered with status 400: FAILED_PRECONDITION.";
  expect(await kms.unwrap(wrapped, binding)).toEqual({ status: "unavailable", reason });
  service.disabled.clear();
  expect(await kms.unwrap(wrapped, binding)).toEqual({ status: "opened", dataKey });
});

test("a row cannot name another key", async () => {
  const { kms } = await setUp();
  expect(kms.recognises(`gcp-kms:${GCP_KEY}2/cryptoKeyVersions/1`)).toBe(false);
  expect(kms.recognises(`gcp-kms:${GCP_KEY}`)).toBe(false);
});
