import type { FailureKind, ProviderFailure } from "#lib/gateway/failures.ts";

/** What providers without OpenAI's error codes say with a 400, and what they mean by it. */
const MEANINGS: readonly [words: RegExp, kind: FailureKind][] = [
  // Bedrock's, Anthropic's, Gemini's and Cohere's words for a prompt that does not fit.
  [/input is too long|prompt is too long|exceeds? the maximum number of tokens|too many tokens/i, "context-too-long"],
  [/input length and `?max_tokens`? exceed|exceeds? (the )?(model's )?(maximum )?context/i, "context-too-long"],
  // Google refuses a key with a 400.
  [/api key not valid|api key expired|api_key_invalid/i, "provider-auth"],
  [/content filter|blocked by .*(guardrail|safety|content)/i, "content-filtered"],
  // Claude goes on after a tool's result only in the thoughts that it had before, which another client or model had not.
  [/`thinking` is enabled.*must (start|begin) with a `?thinking`? block/i, "unsupported"],
  // Claude's newer models sample by one of the two.
  [/`?temperature`? and `?top_p`? cannot both be/i, "unsupported"],
  // Bedrock's for a model that this account or region does not have.
  [/model identifier is invalid|on-demand throughput isn.t supported|access to the model/i, "bad-response"],
];

/** A request that is at fault by its status may be at fault by nothing of the caller's: another target may serve it. */
export function refine(failure: ProviderFailure): ProviderFailure {
  if (failure.kind !== "invalid-request") return failure;
  // Bedrock's status for a model that broke.
  if (failure.httpStatus === 424) return { ...failure, kind: "server-error" };
  const said = `${failure.code ?? ""} ${failure.message}`;
  const kind = MEANINGS.find(([words]) => words.test(said))?.[1];
  return kind === undefined ? failure : { ...failure, kind };
}
