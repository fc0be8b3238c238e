import { z } from "zod";
import { parseNetwork } from "#lib/egress/address.ts";
import { type AllowList, NOTHING_ALLOWED, parseAllowList } from "#lib/egress/allow-list.ts";
import { KEY_SERVICES_FORM, parseKeyServices } from "#lib/vault/key-services/addresses.ts";
import { httpUrl } from "./http-url.ts";
import { type AccountRules, type PlatformAccount, readPlatformAccounts } from "./read-platform-accounts.ts";
import { readTracing, TRACING_VARIABLES, type TracingSettings } from "./read-tracing.ts";

export type { PlatformAccount } from "./read-platform-accounts.ts";

/** What the process was told by its environment: validated, with defaults, in one place. */
export interface Environment {
  port: number;
  host: string;
  dataDir: string;
  isProduction: boolean;
  /** The owner's connection; null: embedded Postgres. */
  databaseUrl: string | null;
  databaseAppUrl: string | null;
  /** Newest first; null: made in the data folder. */
  masterKeys: string | null;
  /** Where master keys are instead, newest first; null: they are the ones above. */
  keyService: string | null;
  sessionSecret: string | null;
  /** What residency statements are signed with: base64 of 32 bytes; null: it follows from the session secret. */
  statementKey: string | null;
  publicUrl: string;
  logLevel: LogLevel;
  /** Most milliseconds that a call may take, retries and fallbacks included. */
  callDeadlineMs: number;
  /** How long a provider may be silent before and within an answer; null: as its kind allows. */
  firstTokenTimeoutMs: number | null;
  idleTimeoutMs: number | null;
  /** Attempts at a target within 30 s before its circuit may open. */
  breakerMinVolume: number;
  /** Cells of the tier table that the operator fills: by function, then tier, models as `provider/model`. */
  tierPins: TierPins;
  /** What /metrics asks for; null: it answers this machine alone. */
  metricsToken: string | null;
  /** Null: calls are not traced. */
  tracing: TracingSettings | null;
  /** Networks of the proxies that are believed about whose address a request came from. */
  trustedProxies: readonly string[];
  /** What tenants may reach although it is not public. */
  egressAllow: AllowList;
  /** Variables that are well formed but that this version does nothing with: said at the start, never ignored silently. */
  unused: string[];
  platformAccounts: PlatformAccount[];
}

const LOG_LEVELS = ["silent", "fatal", "error", "warn", "info", "debug", "trace"] as const;
type LogLevel = (typeof LOG_LEVELS)[number];

const SECRET_BYTES = /^[A-Za-z0-9+/]{43}=$/;
const MASTER_KEY = /^[A-Za-z0-9._-]{1,64}:[A-Za-z0-9+/]{43}=$/;

const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  hostname: /^/,
  error: "must look like postgresql://user:password@host:5432/database",
});

const DURATION = "must be a whole number of milliseconds from 1 to 86400000";
const durationMs = z.coerce.number(DURATION).int(DURATION).min(1, DURATION).max(86_400_000, DURATION);

const tierPinsSchema = z.record(z.string(), z.record(z.string(), z.array(z.string().regex(/^[^/]+\/.+$/)).min(1)));
/** By function, then tier. */
export type TierPins = z.infer<typeof tierPinsSchema>;

/** Where a proxy is believed unless it is said which are. */
const THIS_MACHINE = ["127.0.0.0/8", "::1"] as const;

const VOLUME_RANGE = "must be a whole number of attempts, at least 1";
const PORT_RANGE = "must be a port number from 1 to 65535";

const variables = z.object({
  PORT: z.coerce.number(PORT_RANGE).int(PORT_RANGE).min(1, PORT_RANGE).max(65_535, PORT_RANGE).default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  SWITCHYARD_DATA_DIR: z.string().min(1).default(".data"),
  NODE_ENV: z.string().optional(),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_APP_URL: postgresUrl.optional(),
  SWITCHYARD_MASTER_KEYS: z
    .string()
    .refine(
      areMasterKeys,
      "must be id:base64(32 bytes), comma-separated, newest first; make one with `openssl rand -base64 32`",
    )
    .optional(),
  SWITCHYARD_KEY_SERVICE: z
    .string()
    .refine((value) => parseKeyServices(value) !== null, `must be ${KEY_SERVICES_FORM}`)
    .optional(),
  SWITCHYARD_PUBLIC_URL: httpUrl.optional(),
  NEXTAUTH_SECRET: z
    .string()
    .min(32, "must be at least 32 characters; make one with `openssl rand -base64 32`")
    .optional(),
  SWITCHYARD_STATEMENT_KEY: z
    .string()
    .regex(SECRET_BYTES, "must be 32 bytes in base64; make them with `openssl rand -base64 32`")
    .optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`).default("info"),
  SWITCHYARD_CALL_DEADLINE_MS: durationMs.default(600_000),
  SWITCHYARD_FIRST_TOKEN_TIMEOUT_MS: durationMs.optional(),
  SWITCHYARD_IDLE_TIMEOUT_MS: durationMs.optional(),
  SWITCHYARD_BREAKER_MIN_VOLUME: z.coerce.number(VOLUME_RANGE).int(VOLUME_RANGE).min(1, VOLUME_RANGE).default(10),
  SWITCHYARD_TIER_PINS: z.string().transform(readTierPins).optional(),
  METRICS_TOKEN: z.string().optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: "must look like redis://host:6379" }).optional(),
  OIDC_ISSUER: httpUrl.optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must look like smtp://user:password@host:587" }).optional(),
  MAIL_FROM: z.string().min(3, "must be an address such as switchyard@example.com").optional(),
  SWITCHYARD_TRUSTED_PROXIES: z
    .string()
    .transform(readNetworks)
    .default([...THIS_MACHINE]),
  SWITCHYARD_EGRESS_ALLOW: z.string().transform(readAllowList).optional(),
  ...TRACING_VARIABLES,
});

const NOT_YET_USED = [
  "REDIS_URL",
  "OIDC_ISSUER",
  "OIDC_CLIENT_ID",
  "OIDC_CLIENT_SECRET",
  "SMTP_URL",
  "MAIL_FROM",
] as const;

/** A wrong variable, named, with the mend. Its value is not repeated: it may be a secret. */
export class EnvironmentError extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.name = "EnvironmentError";
  }
}

/** Throws `EnvironmentError` that names every wrong variable. An empty variable counts as unset. */
export function readEnv(source: Record<string, string | undefined>, rules: AccountRules): Environment {
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = variables.safeParse(set);
  const accounts = readPlatformAccounts(set as Record<string, string>, rules);
  const problems = [
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}.`)),
    ...accounts.problems,
  ];
  if (!parsed.success || problems.length > 0) throw new EnvironmentError([...new Set(problems)]);
  const env = parsed.data;
  const isProduction = env.NODE_ENV === "production";
  assertProductionSecrets(env, isProduction);
  return {
    port: env.PORT,
    host: env.HOST,
    dataDir: env.SWITCHYARD_DATA_DIR,
    isProduction,
    databaseUrl: env.DATABASE_URL ?? null,
    databaseAppUrl: env.DATABASE_APP_URL ?? null,
    masterKeys: env.SWITCHYARD_MASTER_KEYS ?? null,
    keyService: env.SWITCHYARD_KEY_SERVICE ?? null,
    sessionSecret: env.NEXTAUTH_SECRET ?? null,
    statementKey: env.SWITCHYARD_STATEMENT_KEY ?? null,
    publicUrl: (env.SWITCHYARD_PUBLIC_URL ?? `http://localhost:${env.PORT}`).replace(/\/+$/, ""),
    logLevel: env.LOG_LEVEL,
    callDeadlineMs: env.SWITCHYARD_CALL_DEADLINE_MS,
    firstTokenTimeoutMs: env.SWITCHYARD_FIRST_TOKEN_TIMEOUT_MS ?? null,
    idleTimeoutMs: env.SWITCHYARD_IDLE_TIMEOUT_MS ?? null,
    breakerMinVolume: env.SWITCHYARD_BREAKER_MIN_VOLUME,
    tierPins: env.SWITCHYARD_TIER_PINS ?? {},
    metricsToken: env.METRICS_TOKEN ?? null,
    tracing: readTracing(env),
    trustedProxies: env.SWITCHYARD_TRUSTED_PROXIES,
    egressAllow: env.SWITCHYARD_EGRESS_ALLOW ?? NOTHING_ALLOWED,
    unused: NOT_YET_USED.filter((name) => env[name] !== undefined),
    platformAccounts: accounts.found,
  };
}

/** Instances that share a database must share these secrets too: none makes up its own. */
function assertProductionSecrets(env: z.infer<typeof variables>, isProduction: boolean): void {
  if (env.DATABASE_APP_URL !== undefined && env.DATABASE_URL === undefined) {
    throw new EnvironmentError(["DATABASE_APP_URL is set without DATABASE_URL: set both, or neither."]);
  }
  if (!isProduction || env.DATABASE_URL === undefined) return;
  const missing: string[] = [];
  if (!hasMasterKeys(env)) {
    const mend = `SWITCHYARD_MASTER_KEYS="key-1:${MAKE_SECRET}"`;
    missing.push(`SWITCHYARD_MASTER_KEYS must be set in production with DATABASE_URL: ${mend}.`);
  }
  if (env.NEXTAUTH_SECRET === undefined) {
    missing.push(`NEXTAUTH_SECRET must be set in production with DATABASE_URL: NEXTAUTH_SECRET="${MAKE_SECRET}".`);
  }
  if (missing.length > 0) throw new EnvironmentError(missing);
}

const MAKE_SECRET = "$(openssl rand -base64 32)";

/** A key service holds them as well, unless it says that they are in the environment. */
function hasMasterKeys({ SWITCHYARD_MASTER_KEYS: keys, SWITCHYARD_KEY_SERVICE: service }: z.infer<typeof variables>) {
  if (keys !== undefined) return true;
  const addresses = service === undefined ? null : parseKeyServices(service);
  return addresses?.every(({ kind }) => kind !== "environment") ?? false;
}

function readAllowList(value: string, context: z.RefinementCtx<string>): AllowList {
  const { allow, problems } = parseAllowList(value);
  for (const message of problems ?? []) context.addIssue(message);
  return allow ?? z.NEVER;
}

function readNetworks(value: string, context: z.RefinementCtx<string>): string[] {
  const networks = value.split(",").map((entry) => entry.trim());
  if (networks.every((entry) => parseNetwork(entry) !== null)) return networks;
  context.addIssue("must hold addresses and CIDRs such as 10.0.0.0/8, comma-separated");
  return z.NEVER;
}

function areMasterKeys(value: string): boolean {
  const keys = value.split(",").map((key) => key.trim());
  const ids = keys.map((key) => key.split(":")[0]);
  return keys.every((key) => MASTER_KEY.test(key)) && new Set(ids).size === ids.length;
}

/** What the pins name is checked where the catalog is compiled: here only that they can be read. */
function readTierPins(text: string, context: z.RefinementCtx): TierPins {
  const parsed = tierPinsSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const example = '{"email-classification":{"economy":["openai/gpt-6-luna","mistral/mistral-small-2603"]}}';
  context.addIssue({ code: "custom", message: `must be JSON such as ${example}` });
  return z.NEVER;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
