import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { EnvironmentError } from "#lib/env/read-env.ts";
import { PROVIDERS } from "#lib/providers/registry/index.ts";
import { readEnvironment } from "./read-environment.ts";

function refusal(source: Record<string, string>): string {
  try {
    readEnvironment(source);
  } catch (error) {
    expect(error).toBeInstanceOf(EnvironmentError);
    return (error as Error).message;
  }
  throw new Error("It was not refused.");
}

describe("an account that cannot be called stops the start with the variables that mend it", () => {
  test.each([
    [{ PLATFORM_OPENAI_BASE_URL: "https://x.example" }, /^PLATFORM_OPENAI_API_KEY must be set too: .+\.$/],
    [{ PLATFORM_OPENAI_API_KEY: " \n" }, /^PLATFORM_OPENAI_API_KEY must be set too: .+\.$/],
    [
      { PLATFORM_AZURE_OPENAI_API_KEY: "hidden-word" },
      /^PLATFORM_AZURE_OPENAI_RESOURCE or PLATFORM_AZURE_OPENAI_BASE_URL must be set too: .+\.$/,
    ],
    [
      { PLATFORM_BEDROCK_REGION: "eu-central-1", PLATFORM_BEDROCK_SECRET_ACCESS_KEY: "hidden-word" },
      /^PLATFORM_BEDROCK_ACCESS_KEY_ID or PLATFORM_BEDROCK_API_KEY must be set too: .+\.$/,
    ],
    [
      { PLATFORM_OLLAMA_BASE_URL: "hidden-word" },
      /^PLATFORM_OLLAMA_BASE_URL must be an http:\/\/ or https:\/\/ address\.$/,
    ],
    [{ PLATFORM_LLAMA_CPP_PORT: "hidden-word" }, /^PLATFORM_LLAMA_CPP_PORT names no field of LLAMA_CPP; it has .+\.$/],
  ])("%j", (source, says) => {
    const message = refusal(source as unknown as Record<string, string>);
    expect(message).toMatch(says);
    expect(message).not.toContain("hidden-word");
  });
});

test("every provider can be connected from the environment", () => {
  const { privateKey } = generateKeyPairSync("ed25519", {
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const values: Record<string, string> = {
    url: "https://x.example/v1",
    pairs: "gpt-4.1=mine",
    "service-account": JSON.stringify({ client_email: "a@b.example", private_key: privateKey }),
  };
  const variables = PROVIDERS.flatMap(({ id, fields }) =>
    fields.map((field) => {
      const name = `${id}_${field.id.replace(/[A-Z]/g, "_$&")}`.replaceAll("-", "_").toUpperCase();
      return [`PLATFORM_${name}`, values[field.format] ?? "word"];
    }),
  );
  const { platformAccounts } = readEnvironment(Object.fromEntries(variables));
  expect(platformAccounts.map(({ provider }) => provider)).toEqual(PROVIDERS.map(({ id }) => id));
  for (const { provider, fields } of platformAccounts) {
    const known = PROVIDERS.find(({ id }) => id === provider)?.fields.map(({ id }) => id);
    expect(Object.keys(fields)).toEqual(known);
  }
});
