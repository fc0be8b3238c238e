import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { readPublicKey } from "./read-public-key.ts";
import { openSigningKey, toPublicKey } from "./signing-key.ts";

/** RFC 8032, section 7.1: secret key, public key, message, signature. */
const VECTORS: [string, string, string, string][] = [
  [
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    "",
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  ],
  [
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "72",
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  ],
];
const hexToBase64 = (hex: string) => Buffer.from(hex, "hex").toString("base64");
const base64ToHex = (text: string) => Buffer.from(text, "base64").toString("hex");

test.each(VECTORS)("signs as RFC 8032 does: %s", (secret, publicKey, message, signature) => {
  const key = openSigningKey(hexToBase64(secret), "unused");
  expect(base64ToHex(key.publicKey)).toBe(publicKey);
  expect(base64ToHex(key.sign(Buffer.from(message, "hex").toString()))).toBe(signature);
});

test("without a key of its own an instance has that of its session secret, the same after every start", () => {
  const one = openSigningKey(null, "secret one");
  expect(openSigningKey(null, "secret one").publicKey).toBe(one.publicKey);
  expect(openSigningKey(null, "secret two").publicKey).not.toBe(one.publicKey);
  expect(openSigningKey(hexToBase64("00".repeat(32)), "secret one").publicKey).not.toBe(one.publicKey);
  expect(one.keyId).toMatch(/^[0-9a-f]{16}$/);
});

describe("a public key is read", () => {
  const { publicKey, keyId } = openSigningKey(null, "a secret");
  const raw = Buffer.from(publicKey, "base64");

  test.each<[string, string]>([
    ["as base64", publicKey],
    ["as base64url", raw.toString("base64url")],
    ["from what the API answers", JSON.stringify({ keyId, algorithm: "Ed25519", publicKey }, null, 2)],
    ["from PEM", toPublicKey(raw).export({ format: "pem", type: "spki" }).toString()],
    ["with white space around it", `\n ${publicKey}\n`],
  ])("%s", (_, text) => {
    expect(readPublicKey(text)?.equals(raw)).toBe(true);
  });

  const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey;
  test.each<[string, string]>([
    ["nothing", ""],
    ["a key that is too short", publicKey.slice(2)],
    ["one that is too long", `${publicKey}AA`],
    [
      "a key of another kind",
      createPublicKey(rsa.export({ format: "pem", type: "spki" }))
        .export({ format: "pem", type: "spki" })
        .toString(),
    ],
    ["a PEM that is none", "-----BEGIN PUBLIC KEY-----\nabc\n-----END PUBLIC KEY-----"],
    ["an answer without a key", '{"keyId":"x"}'],
    ["half an answer", '{"publicKey":'],
  ])("but not %s", (_, text) => {
    expect(readPublicKey(text)).toBe(null);
  });
});
