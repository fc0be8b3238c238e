import type { LanguageModelV4ReasoningPart, SharedV4ProviderMetadata } from "@ai-sdk/provider";
import { z } from "zod";
import { FOREIGN_MARK } from "../../anthropic-messages/foreign-thoughts.ts";
import type { TranslationTarget } from "../codec.ts";
import { readSeal, sealOptions } from "../part-marks.ts";
import type { ThinkingBlock } from "./request.ts";

/** What stands in the signature of a thought that is not Claude's: its provider's seal, or else whose thought it is. */
const foreignSchema = z.union([
  z.object({
    by: z.enum(["anthropic", "google", "openai"]),
    value: z.string(),
    isRedacted: z.boolean(),
    id: z.string().nullable(),
  }),
  z.object({ model: z.string() }),
]);

/** The signature of a thought, for the caller to give back with the next turn. */
export function writeSignature(metadata: SharedV4ProviderMetadata | undefined, { model }: TranslationTarget): string {
  const seal = readSeal(metadata);
  if (seal?.by === "anthropic") return seal.value;
  return FOREIGN_MARK + Buffer.from(JSON.stringify(seal ?? { model })).toString("base64url");
}

/**
 * A thought of an earlier turn, for those who want it back: the provider that sealed it, or the very model that had it.
 * Null for everyone else.
 */
export function readThought(
  block: ThinkingBlock,
  { kind, model }: TranslationTarget,
): LanguageModelV4ReasoningPart | null {
  const { thinking: text, signature } = block;
  if (signature === undefined || signature === null || signature === "") return null;
  const foreign = readForeign(signature);
  if (foreign === null) return null;
  if ("model" in foreign) return foreign.model === model ? { type: "reasoning", text } : null;
  const options = sealOptions(kind, foreign);
  return options === undefined ? null : { type: "reasoning", text, providerOptions: options };
}

/** A thought that only Anthropic's own models can read. */
export function readRedacted(data: string, { kind }: TranslationTarget): LanguageModelV4ReasoningPart | null {
  const options = sealOptions(kind, { by: "anthropic", value: data, isRedacted: true, id: null });
  return options === undefined ? null : { type: "reasoning", text: "", providerOptions: options };
}

function readForeign(signature: string): z.infer<typeof foreignSchema> | null {
  if (!signature.startsWith(FOREIGN_MARK)) return { by: "anthropic", value: signature, isRedacted: false, id: null };
  try {
    const text = Buffer.from(signature.slice(FOREIGN_MARK.length), "base64url").toString();
    return foreignSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
