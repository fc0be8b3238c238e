import type { JSONObject, SharedV4ProviderOptions } from "@ai-sdk/provider";
import type { TranslationKind } from "../registry/entry.ts";
import { withoutUndefined } from "./without-undefined.ts";

/** What a request can say beyond the terms that every library model shares. What a kind does not carry has no effect. */
export interface CallSettings {
  parallelToolCalls?: boolean | undefined;
  /** The answer is to be JSON of any shape: goes with the schema `ANY_OBJECT`. */
  isAnyJson?: boolean | undefined;
  /** The schema of the answer binds the model. */
  isStrictSchema?: boolean | undefined;
  /** The model is asked to think: what it thinks is wanted too. */
  showsReasoning?: boolean | undefined;
  /** At most so many tokens of thinking; put it beside the call's `reasoning`, which the others go by. */
  reasoningTokens?: number | undefined;
  user?: string | undefined;
  metadata?: Readonly<Record<string, string>> | undefined;
  serviceTier?: string | undefined;
  store?: boolean | undefined;
}

/** The schema for JSON of any shape: without one, some would not hear that JSON is wanted. */
export const ANY_OBJECT = { type: "object", additionalProperties: true } as const;

/** A call's settings under the names that each library gives them. */
export function toProviderOptions(kind: TranslationKind, settings: CallSettings): SharedV4ProviderOptions {
  return Object.fromEntries(
    Object.entries(BY_KIND[kind](settings))
      .map(([provider, options]) => [provider, withoutUndefined(options) as JSONObject] as const)
      .filter(([, options]) => Object.keys(options).length > 0),
  );
}

type Options = Record<string, Record<string, unknown>>;

const BY_KIND: Record<TranslationKind, (settings: CallSettings) => Options> = {
  "openai-compatible": ({ parallelToolCalls, isStrictSchema }) => ({
    openaiCompatible: { parallel_tool_calls: parallelToolCalls, strictJsonSchema: isStrictSchema },
  }),
  "openai-responses": (settings) => ({ openai: openAiOptions(settings) }),
  "azure-openai": (settings) => ({ azure: openAiOptions(settings) }),
  anthropic: ({ user, reasoningTokens, ...settings }) => ({
    anthropic: {
      ...claudeOptions(settings),
      metadata: user === undefined ? undefined : { userId: user },
      thinking: reasoningTokens === undefined ? undefined : { type: "enabled", budgetTokens: reasoningTokens },
    },
  }),
  google: (settings) => ({ google: { thinkingConfig: thinkingOf(settings) } }),
  "google-vertex": (settings) => ({ googleVertex: { thinkingConfig: thinkingOf(settings) } }),
  // A budget means something to its Claude models only: it goes by the call's `reasoning` for all of them.
  "amazon-bedrock": (settings) => ({ anthropic: claudeOptions(settings) }),
  cohere: ({ reasoningTokens }) => ({
    cohere: { thinking: reasoningTokens === undefined ? undefined : { type: "enabled", tokenBudget: reasoningTokens } },
  }),
};

function openAiOptions({ parallelToolCalls, isStrictSchema, showsReasoning, ...hints }: CallSettings) {
  const { user, metadata, serviceTier, store } = hints;
  return {
    parallelToolCalls,
    strictJsonSchema: isStrictSchema,
    reasoningSummary: showsReasoning ? "auto" : undefined,
    user,
    metadata,
    serviceTier,
    // Kept there by default: what the caller did not ask for.
    store: store ?? false,
  };
}

function claudeOptions({ parallelToolCalls, isAnyJson }: CallSettings) {
  return {
    disableParallelToolUse: parallelToolCalls === false ? true : undefined,
    // A schema of any shape would be narrowed to the empty object in its other mode.
    structuredOutputMode: isAnyJson ? "jsonTool" : undefined,
  };
}

function thinkingOf({ showsReasoning, reasoningTokens }: CallSettings) {
  if (!showsReasoning && reasoningTokens === undefined) return undefined;
  return withoutUndefined({ includeThoughts: showsReasoning, thinkingBudget: reasoningTokens });
}
