import { expect, test } from "vitest";
import { parseKeyServices } from "./addresses.ts";

test("every kind of place, the newest first", () => {
  const text =
    "vault:https://vault.example:8200/kv/transit/switchyard, aws-kms:arn:aws:kms:eu-central-1:111122223333:key/1a-2b," +
    "gcp-kms:projects/p/locations/l/keyRings/r/cryptoKeys/k,environment";
  expect(parseKeyServices(text)).toEqual([
    { kind: "vault", address: "https://vault.example:8200", mount: "kv/transit", key: "switchyard" },
    { kind: "aws-kms", arn: "arn:aws:kms:eu-central-1:111122223333:key/1a-2b" },
    { kind: "gcp-kms", key: "projects/p/locations/l/keyRings/r/cryptoKeys/k" },
    { kind: "environment" },
  ]);
});

test.each([
  "",
  "env",
  "environment,",
  "aws-kms:1234abcd",
  "aws-kms:arn:aws:s3:::bucket",
  "gcp-kms:projects/p/locations/l/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1",
  "vault:vault.example/transit/key",
  "vault:https://vault.example/key",
  "vault:https://vault.example/transit/",
  "vault:https://user:password@vault.example/transit/key",
  "vault:https://vault.example/transit/key?x=1",
  "vault:https://vault.example/transit/a%2Fb",
])("%j is of no form that is known", (text) => {
  expect(parseKeyServices(text)).toBeNull();
});
