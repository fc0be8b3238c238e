/**
 * An Ollama that is signed in passes these on to Ollama's cloud, and says nothing of it: `gpt-oss:20b-cloud`,
 * `kimi-k2.5:cloud`. docs.ollama.com/cloud; github.com/ollama/ollama/pull/14574 for where the tag may stand.
 */
const CLOUD_TAG = /:(?:[^:]*-)?cloud(?::|$)/i;

/** Whether a server of one's own does not run the model itself, by its name: what it is sent leaves for a cloud. */
export function isPassedOn(hosting: "cloud" | "self-hosted", model: string): boolean {
  return hosting === "self-hosted" && CLOUD_TAG.test(model);
}

/** Where a model runs by its own name, besides where its account is; null: the name leaves that open. */
export function placesInName(provider: string, model: string): readonly string[] | null {
  return provider === "bedrock" ? bedrockPlaces(model) : NOWHERE_ELSE;
}

const NOWHERE_ELSE: readonly string[] = [];

/**
 * An inference profile is served from any region of the part of the world that its id begins with, whichever region is
 * asked: `eu.anthropic.…`, `global.amazon.…`. docs.aws.amazon.com/bedrock/latest/userguide: cross-region-inference.
 */
const PROFILE = /^(global|apac|us-gov|[a-z]{2})\.[^.]+\./;

const ARN = /^arn:[^:]+:bedrock:([a-z0-9-]+):[^:]*:([^/]+)\/(.+)$/;

/** What an ARN can name that runs in the ARN's own region. */
const REGIONAL: ReadonlySet<string> = new Set([
  "foundation-model",
  "provisioned-model",
  "custom-model",
  "custom-model-deployment",
  "imported-model",
  "inference-profile",
]);

function bedrockPlaces(model: string): readonly string[] | null {
  if (!model.startsWith("arn:")) return profilePlaces(model);
  const [, region = "", kind = "", name = ""] = ARN.exec(model) ?? [];
  // An application's own profile or a prompt's router stands for others, which its name does not tell.
  return REGIONAL.has(kind) ? [region, ...profilePlaces(name)] : null;
}

function profilePlaces(id: string): readonly string[] {
  const place = PROFILE.exec(id)?.[1];
  return place === undefined ? NOWHERE_ELSE : [place];
}
