import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { bindDataKey } from "../bind-data-key.ts";
import { openAwsKms } from "./aws-kms.ts";
import { AWS_ALIAS, AWS_CREDENTIALS, serveFakeAwsKms } from "./fakes/aws-kms.ts";

const dataKey = randomBytes(32);
const binding = bindDataKey({ tenantId: "tenant-a", version: 1 });

async function setUp() {
  const service = await serveFakeAwsKms();
  const kms = openAwsKms({
    arn: AWS_ALIAS,
    endpoint: `${service.address}/`,
    credentials: async () => ({ ...AWS_CREDENTIALS, sessionToken: "a-session" }),
  });
  const wrapping = await kms.wrap(dataKey, binding);
  return { service, kms, wrapped: wrapping.status === "wrapped" ? wrapping.wrapped : expect.fail(wrapping.reason) };
}

test("the key behind the alias is what is remembered, and the audit trail says whose data key it was", async () => {
  const { service, wrapped } = await setUp();
  expect(wrapped.keyId).toBe(`aws-kms:${service.current}`);
  expect(JSON.parse(service.requests[0]?.body ?? "").EncryptionContext).toEqual({
    "switchyard:column": "tenant_data_key.wrapped",
    tenant: "tenant-a",
    row: "tenant-a",
    version: "1",
  });
  expect(service.requests[0]?.headers["x-amz-security-token"]).toBe("a-session");
});

test("a key that is disabled is unavailable: it can be enabled again", async () => {
  const { service, kms, wrapped } = await setUp();
  service.disabled.add(service.current);
  const reason = "AWS KMS answered with status 400: DisabledException.";
  expect(await kms.unwrap(wrapped, binding)).toEqual({ status: "unavailable", reason });
  service.disabled.clear();
  expect(await kms.unwrap(wrapped, binding)).toEqual({ status: "opened", dataKey });
});

test("a row cannot name a key of another account or region", async () => {
  const { kms } = await setUp();
  expect(kms.recognises("aws-kms:arn:aws:kms:eu-central-1:999900009999:key/0001")).toBe(false);
  expect(kms.recognises("aws-kms:arn:aws:kms:us-east-1:111122223333:key/0001")).toBe(false);
});

test.each([
  ["arn:aws:kms:eu-central-1:111122223333:key/1", "https://kms.eu-central-1.amazonaws.com/"],
  ["arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/1", "https://kms.us-gov-west-1.amazonaws.com/"],
  ["arn:aws-cn:kms:cn-north-1:111122223333:key/1", "https://kms.cn-north-1.amazonaws.com.cn/"],
])("%s is asked for at its own region", async (arn, url) => {
  const asked: unknown[] = [];
  const fetch = async (input: unknown) => {
    asked.push(input);
    return new Response("{}", { status: 400 });
  };
  await openAwsKms({ arn, credentials: async () => AWS_CREDENTIALS, fetch }).wrap(dataKey, binding);
  expect(asked).toEqual([url]);
});
