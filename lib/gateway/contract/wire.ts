import type { Sealer } from "./kept-thought.ts";

/** The API dialects that callers speak, and most providers too. */
export const WIRES = [
  "openai-chat",
  "openai-embeddings",
  "openai-responses",
  "anthropic-messages",
  "anthropic-count-tokens",
] as const;
export type WireId = (typeof WIRES)[number];

/** A request in its caller's wire, as parsed JSON: fields that we do not know pass through. */
export type WireBody = Readonly<Record<string, unknown>>;

/**
 * What a request can ask for that not every way to a model carries. A target that speaks the caller's wire gets all of
 * it as it came; one that is reached through a translation serves the call only if its translation carries each of them.
 * `other` is a field that only its own wire knows.
 */
export const FEATURES = [
  "tools",
  "tool-choice",
  "parallel-tool-calls",
  "vision",
  "files",
  "audio",
  "json",
  "reasoning",
  "stop",
  "seed",
  "logprobs",
  "n",
  "penalties",
  "top-k",
  "logit-bias",
  "embeddings",
  "other",
] as const;
export type Feature = (typeof FEATURES)[number];

/**
 * Fields that change nothing about the answer, or hardly anything: a target that cannot carry one serves the call, and
 * the caller is told. `tool-errors`: the mark on a tool's result that it is an error, which its text says as well.
 */
export const HINTS = [
  "user",
  "metadata",
  "prompt-cache",
  "service-tier",
  "store",
  "stream-options",
  "image-detail",
  "earlier-reasoning",
  "tool-errors",
] as const;
export type Hint = (typeof HINTS)[number];

/** A field of a request and what it asks of a target. `param` is its path: `messages[0].content`. */
export interface RequestNeed {
  feature: Feature;
  param: string;
}
export interface RequestHint {
  hint: Hint;
  param: string;
  /** Given with `earlier-reasoning`: whether a target takes it back depends on whose it is. */
  thought?: Thought;
}

/** Who reads a thought that is given back: who sealed it, or those who take a thought without a seal. */
export type ThoughtReader = Sealer | "unsealed";

/** What a model thought in an earlier turn, as the caller gives it back. */
export interface Thought {
  /** Any of them; empty: nobody but the providers of the wire that it came in. */
  readers: readonly ThoughtReader[];
  /** The only model that gets it back; null: it does not matter which. */
  model: string | null;
  /** Written down by a translation: not even the wire's own providers know its form, and it is taken out for them. */
  isTranslated: boolean;
}

/** What one way of translating carries over. */
export interface Translation {
  features: readonly Feature[];
  /** Without `earlier-reasoning`: `thoughts` says it. */
  hints: readonly Exclude<Hint, "earlier-reasoning">[];
  thoughts: readonly ThoughtReader[];
}

/** How an answer ended, in no wire's words. `tool-calls`: the model waits for tools; `length`: a limit cut it. */
export const FINISH_REASONS = ["stop", "length", "tool-calls", "content-filter", "other"] as const;
export type FinishReason = (typeof FINISH_REASONS)[number];
