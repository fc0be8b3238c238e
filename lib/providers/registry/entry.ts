import type { Capability, Prefill } from "#lib/gateway/contract/catalog.ts";
import type { Timeouts } from "#lib/gateway/contract/snapshot.ts";
import type { WireId } from "#lib/gateway/contract/wire.ts";

/** A kind of upstream, as data: a new provider that speaks OpenAI's wire is one of these and nothing else. */
export interface ProviderEntry {
  id: string;
  name: string;
  /** Where the facts of this entry stand. */
  docsUrl: string;
  /** `self-hosted`: a server of the tenant's own, slow to load a model and free of a cloud's limits. */
  hosting: "cloud" | "self-hosted";
  /** Wires that it speaks itself without leaving out what they ask for: what it ignores is translated instead. */
  wires: Readonly<Partial<Record<WireId, WireRoute>>>;
  /** Which library speaks to it when the caller's wire is another; null: nothing does. */
  translation: TranslationKind | null;
  auth: AuthKind;
  /** `{field}` stands for a field's value: `https://{resource}.openai.azure.com`. Null: the account says its own. */
  baseUrl: string | null;
  /** Base URLs that do not follow the pattern, by region. */
  regionalBaseUrls?: Readonly<Record<string, string>>;
  /** What an account needs; the console asks for these, the environment can set them for the operator's own. */
  fields: readonly ProviderField[];
  /** Where it runs, in its own names, to suggest; empty where there is nothing to choose. A newer one works too. */
  regions: readonly string[];
  /** What its models can do at most; the catalog says what each does. */
  capabilities: readonly Capability[];
  /** How its models go on with an answer that has begun, where they do. */
  prefill: Prefill | null;
  timeouts: Timeouts;
}

export interface WireRoute {
  /** Below the base URL. `{field}` and `{model}` are filled in. */
  path: string;
  /** The path instead, for an account whose base URL ends in the key: Azure's undated style. */
  pathBelow?: Readonly<Record<string, string>>;
  /** Whether usage in a chat stream has to be asked for (`stream_options`), or comes by itself and asking is refused. */
  streamUsage?: "on-request" | "always";
  /** What it calls the role `developer`, where it refuses that name. */
  developerRole?: "system";
}

/** Libraries that translate: each speaks to its kind of upstream through our transport. */
export const TRANSLATION_KINDS = [
  "openai-compatible",
  "openai-responses",
  "azure-openai",
  "anthropic",
  "google",
  "google-vertex",
  "amazon-bedrock",
  "cohere",
] as const;
export type TranslationKind = (typeof TRANSLATION_KINDS)[number];

/** How a request proves whose it is: by a header that holds the key, or by a signature that a library makes. */
export type AuthKind =
  | "bearer"
  | "api-key"
  | "x-api-key"
  | "x-goog-api-key"
  | "aws-sigv4"
  | "google-service-account"
  | "none";

/**
 * `url`: http:// or https://. `label`: one part of a host name, so that it cannot lead elsewhere. `pairs`:
 * `model=deployment`, comma-separated. `service-account`: the JSON of a Google service account's key.
 */
export type FieldFormat = "text" | "url" | "label" | "pairs" | "service-account";

export interface ProviderField {
  /** `apiKey`, `resource`, `region` … In the environment `PLATFORM_<PROVIDER>_API_KEY`, `…_RESOURCE`, `…_REGION`. */
  id: string;
  label: string;
  /** One sentence: where to find it, or what it looks like. */
  hint: string;
  format: FieldFormat;
  /** Encrypted at rest, never shown again. */
  isSecret: boolean;
  isRequired: boolean;
  /** A field that makes this one needless when it is given. */
  unless?: string;
  default?: string;
}
