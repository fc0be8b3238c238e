import { describe, expect, test } from "vitest";
import { EnvironmentError, readEnv } from "./read-env.ts";
import type { AccountRules } from "./read-platform-accounts.ts";

const RULES: AccountRules = {
  providers: [
    { id: "openai", fields: [{ id: "apiKey" }, { id: "baseUrl" }] },
    { id: "azure-openai", fields: [{ id: "apiKey" }, { id: "baseUrl" }, { id: "resource" }] },
    { id: "openai-compatible", fields: [{ id: "baseUrl" }] },
    { id: "vllm", fields: [{ id: "baseUrl" }] },
  ],
  problemsOf({ provider, fields }) {
    if (provider === "azure-openai" && fields.resource === undefined && fields.baseUrl === undefined) {
      return [{ field: "resource", orField: "baseUrl", message: "must be set too: where it is" }];
    }
    if (fields.baseUrl === undefined || fields.baseUrl.startsWith("http")) return [];
    return [{ field: "baseUrl", orField: null, message: "must be an address" }];
  },
};
const read = (source: Record<string, string | undefined> = {}) => readEnv(source, RULES);

function refusal(source: Record<string, string>): string {
  try {
    read(source);
  } catch (error) {
    expect(error).toBeInstanceOf(EnvironmentError);
    return (error as Error).message;
  }
  throw new Error("It was not refused.");
}

const KEY = Buffer.alloc(32, 7).toString("base64");
const SECRET = "s".repeat(32);
const VAULT = "vault:https://vault.example/transit/switchyard";
const DATABASE = "postgresql://owner:hunter2@db.example:5432/switchyard";

test("nothing set is everything by default", () => {
  expect(read()).toEqual({
    port: 3000,
    host: "127.0.0.1",
    dataDir: ".data",
    isProduction: false,
    databaseUrl: null,
    databaseAppUrl: null,
    masterKeys: null,
    keyService: null,
    sessionSecret: null,
    statementKey: null,
    publicUrl: "http://localhost:3000",
    logLevel: "info",
    callDeadlineMs: 600_000,
    breakerMinVolume: 10,
    tierPins: {},
    firstTokenTimeoutMs: null,
    idleTimeoutMs: null,
    metricsToken: null,
    tracing: null,
    trustedProxies: ["127.0.0.0/8", "::1"],
    egressAllow: { hosts: [], networks: [] },
    unused: [],
    platformAccounts: [],
  });
});

test("an empty variable counts as unset", () => {
  const names = [
    "PORT",
    "HOST",
    "DATABASE_URL",
    "SWITCHYARD_MASTER_KEYS",
    "NEXTAUTH_SECRET",
    "LOG_LEVEL",
    "SMTP_URL",
    "METRICS_TOKEN",
    "SWITCHYARD_EGRESS_ALLOW",
    "SWITCHYARD_IDLE_TIMEOUT_MS",
  ];
  const empty = Object.fromEntries(
    [...names, "PLATFORM_OPENAI_API_KEY", "PLATFORM_NOBODY_API_KEY"].map((name) => [name, ""]),
  );
  expect(read(empty)).toEqual(read());
});

test("variables that are not ours are nobody's business", () => {
  expect(
    read({ HOME: "/root", PATH: "", PLATFORM: "linux", PLATFORM_NAME: "x", PLATFORMS_OPENAI_API_KEY: "x" }),
  ).toEqual(read());
});

describe("a wrong value stops with a sentence that names the variable and does not repeat the value", () => {
  test.each<[string, string]>([
    ["PORT", "http-secret"],
    ["SWITCHYARD_TIER_PINS", "cheapest"],
    ["SWITCHYARD_TIER_PINS", '{"f":{"economy":["b"]}}'],
    ["SWITCHYARD_TIER_PINS", '{"f":{"economy":[]}}'],
    ["PORT", "0"],
    ["PORT", "65536"],
    ["PORT", "3000.25"],
    ["PORT", "-8123"],
    ["DATABASE_URL", "mysql://user:hunter2@db/x"],
    ["DATABASE_URL", "hunter2"],
    ["DATABASE_APP_URL", "https://user:hunter2@db/x"],
    ["SWITCHYARD_MASTER_KEYS", "hunter2hunter2"],
    ["SWITCHYARD_MASTER_KEYS", `id:${Buffer.alloc(31).toString("base64")}`],
    ["SWITCHYARD_MASTER_KEYS", `a:${KEY},a:${KEY}`],
    ["SWITCHYARD_MASTER_KEYS", `a:${KEY},`],
    ["SWITCHYARD_MASTER_KEYS", KEY],
    ["SWITCHYARD_KEY_SERVICE", "hunter2:key"],
    ["SWITCHYARD_KEY_SERVICE", "vault:https://user:hunter2@vault.example/transit/key"],
    ["SWITCHYARD_PUBLIC_URL", "switchyard.example"],
    ["SWITCHYARD_PUBLIC_URL", "ftp://switchyard.example"],
    ["NEXTAUTH_SECRET", "hunter2-too-short"],
    ["SWITCHYARD_STATEMENT_KEY", "hunter2"],
    ["LOG_LEVEL", "loudest"],
    ["REDIS_URL", "http://hunter2@redis"],
    ["OIDC_ISSUER", "hunter2.example"],
    ["SMTP_URL", "http://user:hunter2@mail"],
    ["MAIL_FROM", "@@"],
    ["SWITCHYARD_TRUSTED_PROXIES", "10.0.0.0/8,proxy.hunter2.internal"],
    ["SWITCHYARD_TRUSTED_PROXIES", "10.0.0.1/8"],
    ["SWITCHYARD_EGRESS_ALLOW", "https://hunter2.internal"],
    ["SWITCHYARD_EGRESS_ALLOW", "10.0.0.0/8,10.0.0.1/8"],
    ["OTEL_EXPORTER_OTLP_ENDPOINT", "collector-4318"],
    ["SWITCHYARD_CALL_DEADLINE_MS", "hunter2"],
    ["SWITCHYARD_CALL_DEADLINE_MS", "-5"],
    ["SWITCHYARD_FIRST_TOKEN_TIMEOUT_MS", "1.5"],
    ["SWITCHYARD_IDLE_TIMEOUT_MS", "86400001"],
    ["PLATFORM_NOBODY_API_KEY", "sk-hunter2"],
    ["PLATFORM_NOBODY_RESOURCE", "hunter2"],
    ["PLATFORM_OPENAI_KEY", "sk-hunter2"],
    ["PLATFORM_OPENAI_BASE_URL", "api.hunter2.example"],
    ["PLATFORM_VLLM_BASE_URL", "ftp://hunter2"],
  ])("%s=%s", (name, value) => {
    const message = refusal({ [name]: value });
    expect(message).toMatch(new RegExp(`^${name} (must|names) .+\\.$`));
    expect(message).not.toContain(value);
    expect(message).not.toContain("hunter2");
  });

  test("every wrong one is named, each on its line", () => {
    const message = refusal({ PORT: "x", LOG_LEVEL: "y", PLATFORM_NOBODY_API_KEY: "z" });
    expect(message.split("\n").map((line) => line.split(" ")[0])).toEqual([
      "PORT",
      "LOG_LEVEL",
      "PLATFORM_NOBODY_API_KEY",
    ]);
  });
});

describe("right values", () => {
  test.each([
    ["PORT", "1", { port: 1, publicUrl: "http://localhost:1" }],
    ["PORT", "65535", { port: 65_535 }],
    ["HOST", "0.0.0.0", { host: "0.0.0.0" }],
    ["SWITCHYARD_DATA_DIR", "/var/lib/switchyard", { dataDir: "/var/lib/switchyard" }],
    ["DATABASE_URL", DATABASE, { databaseUrl: DATABASE }],
    ["DATABASE_URL", "postgres:///x?host=/run/postgresql", { databaseUrl: "postgres:///x?host=/run/postgresql" }],
    ["SWITCHYARD_MASTER_KEYS", `new:${KEY}, old:${KEY}`, { masterKeys: `new:${KEY}, old:${KEY}` }],
    ["SWITCHYARD_KEY_SERVICE", VAULT, { keyService: VAULT }],
    ["NEXTAUTH_SECRET", SECRET, { sessionSecret: SECRET }],
    ["SWITCHYARD_STATEMENT_KEY", KEY, { statementKey: KEY }],
    ["SWITCHYARD_PUBLIC_URL", "https://switchyard.example//", { publicUrl: "https://switchyard.example" }],
    ["SWITCHYARD_CALL_DEADLINE_MS", "1000", { callDeadlineMs: 1_000 }],
    ["SWITCHYARD_BREAKER_MIN_VOLUME", "25", { breakerMinVolume: 25 }],
    ["SWITCHYARD_FIRST_TOKEN_TIMEOUT_MS", "1", { firstTokenTimeoutMs: 1 }],
    ["SWITCHYARD_IDLE_TIMEOUT_MS", "86400000", { idleTimeoutMs: 86_400_000 }],
    ["SWITCHYARD_TIER_PINS", '{"f":{"economy":["a/b"]}}', { tierPins: { f: { economy: ["a/b"] } } }],
    ["METRICS_TOKEN", "m", { metricsToken: "m" }],
    [
      "SWITCHYARD_EGRESS_ALLOW",
      "10.0.0.0/8, GPU.example,fd00::5",
      { egressAllow: { hosts: ["gpu.example"], networks: ["10.0.0.0/8", "fd00::5"] }, unused: [] },
    ],
    ["LOG_LEVEL", "silent", { logLevel: "silent" }],
    ["NODE_ENV", "production", { isProduction: true }],
  ])("%s=%s", (name, value, expected) => {
    expect(read({ [name]: value })).toMatchObject(expected);
  });

  test("what this version does not use yet is said, not ignored", () => {
    const source = {
      REDIS_URL: "redis://localhost",
      OIDC_ISSUER: "https://id.example",
    };
    expect(read(source).unused.sort()).toEqual(["OIDC_ISSUER", "REDIS_URL"]);
  });
});

describe("in production with a database of one's own", () => {
  const production = { NODE_ENV: "production", DATABASE_URL: DATABASE };
  const secrets = { SWITCHYARD_MASTER_KEYS: `a:${KEY}`, NEXTAUTH_SECRET: SECRET };

  test("both secrets must be given: none is made up", () => {
    expect(
      refusal(production)
        .split("\n")
        .map((line) => line.split(" ")[0]),
    ).toEqual(Object.keys(secrets));
    for (const name of Object.keys(secrets)) {
      const message = refusal({ ...production, ...secrets, [name]: "" });
      expect(message).toMatch(new RegExp(`^${name} must be set in production`));
      expect(message).not.toContain("hunter2");
    }
    expect(read({ ...production, ...secrets })).toMatchObject({ isProduction: true, databaseUrl: DATABASE });
  });

  test("a key service is as good as master keys, unless it says that they are in the environment", () => {
    const kept = { ...production, NEXTAUTH_SECRET: SECRET };
    expect(read({ ...kept, SWITCHYARD_KEY_SERVICE: VAULT })).toMatchObject({ masterKeys: null, keyService: VAULT });
    expect(refusal({ ...kept, SWITCHYARD_KEY_SERVICE: `${VAULT},environment` })).toMatch(
      /^SWITCHYARD_MASTER_KEYS must/,
    );
  });

  test("elsewhere, or on the embedded database, they may be made in the data folder", () => {
    expect(read({ DATABASE_URL: DATABASE }).masterKeys).toBeNull();
    expect(read({ NODE_ENV: "production" }).sessionSecret).toBeNull();
  });
});

test("an app URL without an owner's is refused", () => {
  expect(refusal({ DATABASE_APP_URL: DATABASE })).toMatch(/^DATABASE_APP_URL is set without DATABASE_URL/);
});

describe("the operator's own accounts", () => {
  test("are found by provider, with every field as it was entered", () => {
    const { platformAccounts } = read({
      PLATFORM_OPENAI_API_KEY: "sk-1",
      PLATFORM_AZURE_OPENAI_API_KEY: "az-1",
      PLATFORM_AZURE_OPENAI_RESOURCE: "east",
      PLATFORM_OPENAI_COMPATIBLE_BASE_URL: "http://10.0.0.5:8000/v1",
    });
    expect(platformAccounts).toEqual([
      { provider: "openai", fields: { apiKey: "sk-1" } },
      { provider: "azure-openai", fields: { apiKey: "az-1", resource: "east" } },
      { provider: "openai-compatible", fields: { baseUrl: "http://10.0.0.5:8000/v1" } },
    ]);
  });

  test("that are half there are refused with the variables that would complete them", () => {
    expect(refusal({ PLATFORM_AZURE_OPENAI_API_KEY: "az-hidden" })).toBe(
      "PLATFORM_AZURE_OPENAI_RESOURCE or PLATFORM_AZURE_OPENAI_BASE_URL must be set too: where it is.",
    );
  });

  test("of a provider that there is not are refused with those that there are", () => {
    expect(refusal({ PLATFORM_OPNEAI_API_KEY: "sk-1" })).toBe(
      "PLATFORM_OPNEAI_API_KEY names no provider; known are OPENAI, AZURE_OPENAI, OPENAI_COMPATIBLE, VLLM.",
    );
  });

  test.each([
    ["PLATFORM_OPENAI_KEY", "names no field of OPENAI; it has API_KEY, BASE_URL."],
    ["PLATFORM_OPENAI_COMPATIBLE_RESOURCE", "names no field of OPENAI_COMPATIBLE; it has BASE_URL."],
  ])("%s %s", (name, says) => {
    expect(refusal({ [name]: "sk-1" })).toBe(`${name} ${says}`);
  });
});
