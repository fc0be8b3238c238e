import { generateKeyPairSync } from "node:crypto";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { ProviderAccount } from "../account.ts";
import type { TranslationKind } from "../registry/entry.ts";
import { FAKE_ANSWERS } from "./fake-answers.ts";
import { fakeAccount, fakeRequest, fakeTransport } from "./fake-transport.ts";
import { OPENAI_CHAT_CODEC } from "./openai-chat/index.ts";
import { openTranslator } from "./translate.ts";

afterEach(() => vi.unstubAllEnvs());

async function send(account: ProviderAccount, model = "a-model", isStream = false) {
  const kind = account.entry.translation as TranslationKind;
  const transport = fakeTransport(({ url }) =>
    url.includes("/token")
      ? { body: JSON.stringify({ access_token: "a-token", expires_in: 3600 }) }
      : { body: FAKE_ANSWERS[kind].whole },
  );
  const provider = openTranslator(account, transport, { "openai-chat": OPENAI_CHAT_CODEC });
  const answer = await provider.call(fakeRequest({ model, isStream }));
  return { answer, sent: transport.sent, provider, last: transport.sent.at(-1) };
}

describe("a request goes to its account's own address, with its own credentials", () => {
  test.each<[TranslationKind, string, Record<string, string>]>([
    ["openai-compatible", "https://openai-compatible.test/v1/chat/completions", { authorization: "Bearer secret-key" }],
    ["openai-responses", "https://openai-responses.test/v1/responses", { authorization: "Bearer secret-key" }],
    ["anthropic", "https://anthropic.test/v1/messages", { "x-api-key": "secret-key" }],
    ["google", "https://google.test/v1/models/a-model:generateContent", { "x-goog-api-key": "secret-key" }],
    [
      "google-vertex",
      "https://google-vertex.test/v1/models/a-model:generateContent",
      { "x-goog-api-key": "secret-key" },
    ],
    ["cohere", "https://cohere.test/v1/chat", { authorization: "Bearer secret-key" }],
  ])("%s", async (kind, url, headers) => {
    const { last } = await send(fakeAccount(kind));
    expect(last).toMatchObject({ url, headers: { ...headers, "user-agent": "switchyard" } });
  });

  test("Azure's key stands in a header of its own, and the deployment in the body", async () => {
    const account = {
      ...fakeAccount("azure-openai", { deployments: "gpt-4.1=prod-gpt41" }),
      baseUrl: "https://r.test",
    };
    const { last } = await send(account, "gpt-4.1");
    expect(last).toMatchObject({ url: "https://r.test/openai/v1/responses", headers: { "api-key": "secret-key" } });
    expect(last?.headers).not.toHaveProperty("authorization");
    expect(JSON.parse(last?.body ?? "")).toMatchObject({ model: "prod-gpt41", store: false });
  });

  test("Bedrock's request is signed for its region, and the model's name is safe in the address", async () => {
    const { last } = await send(fakeAccount("amazon-bedrock"), "eu.anthropic.claude:0");
    expect(last?.url).toBe("https://amazon-bedrock.test/v1/model/eu.anthropic.claude%3A0/converse");
    expect(last?.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/bedrock\/aws4_request/,
    );
  });

  test("Bedrock's temporary credentials bring their token", async () => {
    const { last } = await send(fakeAccount("amazon-bedrock", { sessionToken: "a-session" }));
    expect(last?.headers["x-amz-security-token"]).toBe("a-session");
  });

  test("Bedrock's own key goes as it is", async () => {
    const { last } = await send(fakeAccount("amazon-bedrock", { apiKey: "a-key" }));
    expect(last?.headers.authorization).toBe("Bearer a-key");
  });
});

test("what the operator's environment holds is never taken for an account's own", async () => {
  vi.stubEnv("AWS_BEARER_TOKEN_BEDROCK", "operator");
  vi.stubEnv("AWS_SESSION_TOKEN", "operator");
  vi.stubEnv("GOOGLE_VERTEX_API_KEY", "operator");
  vi.stubEnv("COHERE_API_KEY", "operator");
  const accounts = [fakeAccount("amazon-bedrock"), fakeVertex(), { ...fakeAccount("cohere"), fields: {} }];
  for (const account of accounts) {
    const { sent } = await send(account);
    expect(sent.length).toBeGreaterThan(0);
    expect(JSON.stringify(sent)).not.toContain("operator");
  }
});

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

function fakeVertex(key: object = {}): ProviderAccount {
  const json = JSON.stringify({
    client_email: "robot@project.test",
    private_key: privateKey.export({ type: "pkcs8", format: "pem" }),
    token_uri: "https://oauth.test/token",
    ...key,
  });
  const account = fakeAccount("google-vertex");
  return { ...account, fields: { project: "p", location: "global", serviceAccountJson: json } };
}

describe("Vertex AI by service account", () => {
  test("asks for a token over our own transport, once for many calls", async () => {
    const { sent, provider, answer } = await send(fakeVertex());
    expect(answer.kind).toBe("answer");
    await provider.call(fakeRequest({}));
    expect(sent.map(({ url }) => new URL(url).host)).toEqual([
      "oauth.test",
      "google-vertex.test",
      "google-vertex.test",
    ]);
    expect(sent[1]?.headers.authorization).toBe("Bearer a-token");
    const assertion = new URLSearchParams(sent[0]?.body).get("assertion") ?? "";
    const claims = JSON.parse(Buffer.from(assertion.split(".")[1] ?? "", "base64url").toString());
    expect(claims).toMatchObject({ iss: "robot@project.test", aud: "https://oauth.test/token" });
  });

  test.each([
    ["is not JSON", "oops"],
    ["has no private key that can be read", JSON.stringify({ client_email: "a@b.test", private_key: "oops" })],
  ])("a key that %s is refused without a call", async (_, serviceAccountJson) => {
    const account = fakeVertex();
    const { answer, sent } = await send({ ...account, fields: { ...account.fields, serviceAccountJson } });
    expect(answer).toMatchObject({ kind: "failure", failure: { kind: "provider-auth", httpStatus: null } });
    expect(sent).toEqual([]);
  });

  test("a key that Google refuses is the provider's refusal", async () => {
    const transport = fakeTransport(() => ({ status: 400, body: '{"error":"invalid_grant"}' }));
    const provider = openTranslator(fakeVertex(), transport, { "openai-chat": OPENAI_CHAT_CODEC });
    const answer = await provider.call(fakeRequest({}));
    expect(answer).toMatchObject({ kind: "failure", failure: { kind: "provider-auth", httpStatus: 400 } });
  });
});
