import { describe, expect, test } from "vitest";
import type { ProviderEntry } from "./entry.ts";
import { findProviderEntry, PROVIDERS } from "./index.ts";
import { resolveAccount } from "./resolve-account.ts";

const entry = (id: string) => findProviderEntry(id) as ProviderEntry;
const SERVICE_ACCOUNT = JSON.stringify({ client_email: "a@b.iam", private_key: "-----BEGIN PRIVATE KEY-----\n" });

function resolve(id: string, fields: Record<string, string>) {
  const { account, problems } = resolveAccount(entry(id), fields);
  expect(problems).toBeNull();
  return account as NonNullable<typeof account>;
}

function problemsOf(id: string, fields: Record<string, string>) {
  return resolveAccount(entry(id), fields).problems?.map(({ field, kind }) => `${field} ${kind}`);
}

describe("the base URL", () => {
  test.each([
    ["openai", { apiKey: "k" }, "https://api.openai.com/v1"],
    ["openai", { apiKey: "k", baseUrl: " https://proxy.example/v1// " }, "https://proxy.example/v1"],
    ["azure-openai", { apiKey: "k", resource: "mine" }, "https://mine.openai.azure.com"],
    ["azure-openai", { apiKey: "k", baseUrl: "https://m.example/openai/v1/" }, "https://m.example/openai/v1"],
    ["bedrock", { apiKey: "k", region: "eu-central-1" }, "https://bedrock-runtime.eu-central-1.amazonaws.com"],
    [
      "vertex",
      { project: "p-1", location: "europe-west4", serviceAccountJson: SERVICE_ACCOUNT },
      "https://europe-west4-aiplatform.googleapis.com/v1beta1/projects/p-1/locations/europe-west4/publishers/google",
    ],
    [
      "vertex",
      { project: "p-1", location: "global", serviceAccountJson: SERVICE_ACCOUNT },
      "https://aiplatform.googleapis.com/v1beta1/projects/p-1/locations/global/publishers/google",
    ],
    [
      "vertex",
      { project: "p-1", location: "eu", serviceAccountJson: SERVICE_ACCOUNT },
      "https://aiplatform.eu.rep.googleapis.com/v1beta1/projects/p-1/locations/eu/publishers/google",
    ],
    ["vllm", { baseUrl: "http://10.0.0.5:8000/v1" }, "http://10.0.0.5:8000/v1"],
  ])("of %s with %j is %s", (id, fields, expected) => {
    expect(resolve(id, fields as Record<string, string>).baseUrl).toBe(expected);
  });
});

test("spaces and line ends around what was pasted are gone, and blank fields count as left out", () => {
  expect(resolve("openai", { apiKey: " sk-1\n", baseUrl: "  " }).fields).toEqual({ apiKey: "sk-1" });
});

test("a field that was left out has its default", () => {
  expect(resolve("azure-openai", { apiKey: "k", resource: "mine" }).fields.apiVersion).toBe("2024-10-21");
  expect(resolve("azure-openai", { apiKey: "k", resource: "mine", apiVersion: "x" }).fields.apiVersion).toBe("x");
});

describe("what is missing is named", () => {
  test.each([
    ["openai", {}, ["apiKey missing"]],
    ["openai", { apiKey: "\n" }, ["apiKey missing"]],
    ["azure-openai", { apiKey: "k" }, ["resource missing"]],
    ["bedrock", { region: "us-east-1", accessKeyId: "a" }, ["secretAccessKey missing"]],
    ["bedrock", { apiKey: "k" }, ["region missing"]],
    ["vllm", { apiKey: "k" }, ["baseUrl missing"]],
  ])("%s with %j: %j", (id, fields, expected) => {
    expect(problemsOf(id, fields as Record<string, string>)).toEqual(expected);
  });

  test("with the field that would do as well", () => {
    expect(resolveAccount(entry("azure-openai"), { apiKey: "k" }).problems?.[0]?.orField).toBe("baseUrl");
    expect(resolveAccount(entry("openai"), {}).problems?.[0]?.orField).toBeNull();
  });
});

describe("what cannot be right is named without repeating it", () => {
  test.each([
    ["openai", "baseUrl", "ftp://hidden-word"],
    ["openai", "baseUrl", "hidden-word"],
    ["openai", "apiKey", "hidden-word\nx-other: 1"],
    ["openai", "apiKey", "\u201chidden-word\u201d"],
    ["openai", "region", "hidden-word"],
    ["openai", "constructor", "hidden-word"],
    ["azure-openai", "resource", "hidden-word.example/#"],
    ["azure-openai", "resource", "hidden-word@example"],
    ["azure-openai", "deployments", "hidden-word"],
    ["azure-openai", "deployments", "a=hidden-word,b="],
    ["bedrock", "region", "hidden-word.example"],
    ["vertex", "serviceAccountJson", "hidden-word"],
    ["vertex", "serviceAccountJson", '{"client_email":"hidden-word"}'],
  ])("%s %s %j", (id, field, value) => {
    const given = { apiKey: "k", resource: "r", region: "r-1", project: "p", location: "l", serviceAccountJson: "x" };
    const known = Object.entries(given).filter(([name]) => entry(id).fields.some((one) => one.id === name));
    const { problems } = resolveAccount(entry(id), { ...Object.fromEntries(known), [field]: value });
    expect(problems?.map((problem) => problem.field)).toEqual([field]);
    expect(JSON.stringify(problems)).not.toContain("hidden-word");
  });
});

test("a location named like what every object has is a name like any other", () => {
  const fields = { project: "p", location: "constructor", serviceAccountJson: SERVICE_ACCOUNT };
  const { account } = resolveAccount(entry("vertex"), fields);
  expect(account?.baseUrl).toMatch("https://constructor-aiplatform.googleapis.com/");
});

test("with every required field an account is complete, at every provider", () => {
  const samples: Record<string, string> = {
    url: "https://x.example",
    "service-account": SERVICE_ACCOUNT,
    pairs: "a=b",
  };
  for (const one of PROVIDERS) {
    const required = one.fields.filter(({ isRequired }) => isRequired);
    const fields = Object.fromEntries(required.map(({ id, format }) => [id, samples[format] ?? "x"]));
    const { account, problems } = resolveAccount(one, fields);
    expect(problems, one.id).toBeNull();
    expect(() => new URL(account?.baseUrl ?? ""), one.id).not.toThrow();
    expect(account?.baseUrl, one.id).not.toMatch(/[{}]|\/$/);
  }
});
