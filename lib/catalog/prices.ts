import { type ConditionalPrice, calcPrice, type ModelPrice } from "@pydantic/genai-prices";
import type { Price, TokenPrice } from "#lib/gateway/contract/catalog.ts";

/**
 * Our provider ids and those of @pydantic/genai-prices (MIT). One that is missing here has no published price:
 * a server of the tenant's own (vLLM, Ollama), or a proxy whose upstream we cannot see (LiteLLM).
 */
const PRICED_AS: Readonly<Record<string, string>> = {
  anthropic: "anthropic",
  // The library falls back to OpenAI's own prices for what Azure does not list, as Azure charges the same.
  "azure-openai": "azure",
  bedrock: "aws",
  cerebras: "cerebras",
  cohere: "cohere",
  deepseek: "deepseek",
  fireworks: "fireworks",
  google: "google",
  groq: "groq",
  mistral: "mistral",
  moonshotai: "moonshotai",
  novita: "novita",
  openai: "openai",
  openrouter: "openrouter",
  perplexity: "perplexity",
  together: "together",
  // Gemini costs the same at Vertex.
  vertex: "google",
  xai: "x-ai",
};

/** Those that say in each answer what they charged for it. Nobody else's figure is taken for dollars. */
const REPORTS_CHARGES: ReadonlySet<string> = new Set(["openrouter", "perplexity", "xai"]);

const DAY_MS = 86_400_000;
const MAX_CACHED_MODELS = 2_000;

type Constraint = NonNullable<ConditionalPrice["constraint"]>;

interface DatedPrice {
  isValid: (atMs: number) => boolean;
  price: Price | null;
}

const cache = new Map<string, readonly DatedPrice[]>();

/** The published price in force at a moment. Null when nobody published one, which never means free. */
export function findPrice(provider: string, model: string, at: Date): Price | null {
  const key = `${provider}/${model}`;
  let dated = cache.get(key);
  if (!dated) {
    dated = loadPrices(provider, model);
    // Model names come from callers: the oldest goes, so that they cannot fill the memory.
    const oldest = cache.keys().next();
    if (cache.size >= MAX_CACHED_MODELS && !oldest.done) cache.delete(oldest.value);
    cache.set(key, dated);
  }
  const atMs = at.getTime();
  // The library's own order: the last one that holds wins, and the first one holds when none does.
  return (dated.findLast((entry) => entry.isValid(atMs)) ?? dated[0])?.price ?? null;
}

/** Whether the charge in a provider's answers is to be believed, rather than computed from its price list. */
export function reportsCharges(provider: string): boolean {
  return REPORTS_CHARGES.has(provider);
}

function loadPrices(provider: string, model: string): readonly DatedPrice[] {
  const providerId = Object.hasOwn(PRICED_AS, provider) ? PRICED_AS[provider] : undefined;
  const prices = providerId && calcPrice({}, model, { providerId })?.model.prices;
  if (!prices) return [];
  if (!Array.isArray(prices)) return [{ isValid: () => true, price: toPrice(prices, null) }];
  return prices.map(({ constraint, prices: modelPrice }) => ({
    isValid: validity(constraint),
    price: toPrice(modelPrice, constraint?.type === "start_date" ? new Date(constraint.start_date) : null),
  }));
}

function validity(constraint: Constraint | undefined): DatedPrice["isValid"] {
  if (!constraint) return () => true;
  if (constraint.type === "start_date") {
    const startMs = Date.parse(constraint.start_date);
    return (atMs) => atMs >= startMs;
  }
  const fromMs = timeOfDayMs(Date.parse(`1970-01-01T${constraint.start_time}`));
  const untilMs = timeOfDayMs(Date.parse(`1970-01-01T${constraint.end_time}`));
  return (atMs) => {
    const nowMs = timeOfDayMs(atMs);
    return untilMs < fromMs ? nowMs >= fromMs || nowMs < untilMs : nowMs >= fromMs && nowMs < untilMs;
  };
}

/** Milliseconds since midnight UTC. */
function timeOfDayMs(ms: number): number {
  return ((ms % DAY_MS) + DAY_MS) % DAY_MS;
}

function toPrice(prices: ModelPrice, validFrom: Date | null): Price | null {
  const { input_mtok, output_mtok, cache_read_mtok, cache_write_mtok, requests_kcount } = prices;
  // A fee per request (Perplexity) is not in our tokens: unknown is truer than too little.
  if (input_mtok === undefined || requests_kcount !== undefined) return null;
  return {
    validFrom,
    input: toTokenPrice(input_mtok),
    // Embeddings have no output to charge.
    output: toTokenPrice(output_mtok ?? 0),
    cachedInput: cache_read_mtok === undefined ? null : toTokenPrice(cache_read_mtok),
    cacheWrite: cache_write_mtok === undefined ? null : toTokenPrice(cache_write_mtok),
  };
}

function toTokenPrice(price: NonNullable<ModelPrice[string]>): TokenPrice {
  if (typeof price === "number") return { nanoUsdPerMillion: toNanoUsd(price), above: [] };
  const above = price.tiers
    .map((tier) => ({ inputTokens: tier.start, nanoUsdPerMillion: toNanoUsd(tier.price) }))
    .sort((left, right) => left.inputTokens - right.inputTokens);
  return { nanoUsdPerMillion: toNanoUsd(price.base), above };
}

/** Exact for every price of up to nine decimals: the product's float error is far below the half that rounding removes. */
function toNanoUsd(usd: number): bigint {
  return BigInt(Math.round(usd * 1_000_000_000));
}
