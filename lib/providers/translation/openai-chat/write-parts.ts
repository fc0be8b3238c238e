import type {
  LanguageModelV4File,
  LanguageModelV4FinishReason,
  LanguageModelV4Source,
  LanguageModelV4Usage,
  SharedV4ProviderMetadata,
} from "@ai-sdk/provider";
import type { FinishReason } from "#lib/gateway/contract/wire.ts";
import { mapFinishReason } from "../map-finish-reason.ts";
import { mapUsage } from "../map-usage.ts";
import { readSeal } from "../part-marks.ts";

const FINISH_REASONS = {
  stop: "stop",
  length: "length",
  "tool-calls": "tool_calls",
  "content-filter": "content_filter",
  // The wire knows no other end of a whole answer.
  other: "stop",
} as const satisfies Record<FinishReason, string>;

export function writeFinishReason(reason: LanguageModelV4FinishReason): string {
  return FINISH_REASONS[mapFinishReason(reason)];
}

/** Undefined: the provider gave no count, which is not zero. */
export function writeUsage(counted: LanguageModelV4Usage) {
  const usage = mapUsage(counted);
  if (usage === null) return undefined;
  const { inputTokens, outputTokens, cachedInputTokens, cacheWriteTokens, reasoningTokens } = usage;
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    prompt_tokens_details: {
      cached_tokens: cachedInputTokens,
      ...(cacheWriteTokens > 0 && { cache_write_tokens: cacheWriteTokens }),
    },
    completion_tokens_details: { reasoning_tokens: reasoningTokens },
  };
}

/** Google's own OpenAI endpoint has the seal of a call here, and wants it back from here. */
export function writeCallSeal(metadata: SharedV4ProviderMetadata | undefined) {
  const seal = readSeal(metadata);
  return seal?.by === "google" ? { extra_content: { google: { thought_signature: seal.value } } } : {};
}

/** A source that has an address; null: the wire has no place for another. */
export function writeSource(source: LanguageModelV4Source) {
  if (source.sourceType !== "url") return null;
  const { url, title = url } = source;
  return { type: "url_citation", url_citation: { url, title, start_index: 0, end_index: 0 } };
}

/** A file that the model made: OpenRouter's shape for images, and what requests hold for the others. */
export function writeFile({ mediaType, data }: LanguageModelV4File) {
  const url = data.type === "url" ? data.url.href : `data:${mediaType};base64,${toBase64(data.data)}`;
  if (mediaType.startsWith("image/")) return { images: [{ type: "image_url", image_url: { url } }] };
  return { files: [{ type: "file", file: { file_data: url } }] };
}

function toBase64(data: string | Uint8Array): string {
  return typeof data === "string" ? data : Buffer.from(data).toString("base64");
}
