import type { JSONObject, SharedV4ProviderMetadata, SharedV4ProviderOptions } from "@ai-sdk/provider";
import type { Sealer } from "#lib/gateway/contract/kept-thought.ts";
import type { TranslationKind } from "../registry/entry.ts";

/** A point up to which the provider may keep the prompt for the next call. */
export interface CacheMark {
  ttl?: "5m" | "1h" | undefined;
}

/** A part's cache mark for a kind that takes one; undefined: the others cache by themselves or not at all. */
export function cacheOptions(kind: TranslationKind, { ttl }: CacheMark): SharedV4ProviderOptions | undefined {
  const lifetime = ttl === undefined ? {} : { ttl };
  if (kind === "anthropic") return { anthropic: { cacheControl: { type: "ephemeral", ...lifetime } } };
  if (kind === "amazon-bedrock") return { amazonBedrock: { cachePoint: { type: "default", ...lifetime } } };
  return undefined;
}

/**
 * A provider's seal on what its model thought: it wants it back with the next turn, and only its own. `isRedacted`: the
 * seal is all there is, the thought is inside it.
 */
export interface Seal {
  by: Sealer;
  value: string;
  isRedacted: boolean;
  /** The provider's name for what is sealed, where it has one. */
  id: string | null;
}

/** The seal on a part of an answer; null: none. */
export function readSeal(metadata: SharedV4ProviderMetadata | undefined): Seal | null {
  if (metadata === undefined) return null;
  const claude = metadata.anthropic ?? metadata.amazonBedrock;
  const redacted = text(claude?.redactedData) ?? text(claude?.redactedContent);
  if (redacted !== null) return { by: "anthropic", value: redacted, isRedacted: true, id: null };
  const signature = text(claude?.signature);
  if (signature !== null) return { by: "anthropic", value: signature, isRedacted: false, id: null };
  const thought = text((metadata.google ?? metadata.googleVertex)?.thoughtSignature);
  if (thought !== null) return { by: "google", value: thought, isRedacted: false, id: null };
  const item = metadata.openai ?? metadata.azure;
  const encrypted = text(item?.reasoningEncryptedContent);
  return encrypted === null ? null : { by: "openai", value: encrypted, isRedacted: true, id: text(item?.itemId) };
}

/** A seal given back, for a kind whose provider set it; undefined: it is another's. */
export function sealOptions(kind: TranslationKind, seal: Seal): SharedV4ProviderOptions | undefined {
  const { by, value, isRedacted, id } = seal;
  if (by === "anthropic" && kind === "anthropic") {
    return { anthropic: isRedacted ? { redactedData: value } : { signature: value } };
  }
  if (by === "anthropic" && kind === "amazon-bedrock") {
    return { amazonBedrock: isRedacted ? { redactedContent: value } : { signature: value } };
  }
  if (by === "google" && kind === "google") return { google: { thoughtSignature: value } };
  if (by === "google" && kind === "google-vertex") return { googleVertex: { thoughtSignature: value } };
  const item: JSONObject = { reasoningEncryptedContent: value, ...(id !== null && { itemId: id }) };
  if (by === "openai" && kind === "openai-responses") return { openai: item };
  if (by === "openai" && kind === "azure-openai") return { azure: item };
  return undefined;
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
