import type { Usage } from "#lib/gateway/contract/usage.ts";
import type { DemoAnswer, DemoChoice } from "./compose-answer.ts";

/** Marks an answer as made up where its text cannot say so, as in JSON. */
const SYSTEM_FINGERPRINT = "simulated";

/** What every chunk of a stream and every whole answer begins with. `createdAtMs` is epoch milliseconds. */
export function buildEnvelope(answer: DemoAnswer, model: string, object: string, createdAtMs: number) {
  return {
    id: `chatcmpl-demo-${answer.seed.toString(16).padStart(8, "0")}`,
    object,
    created: Math.floor(createdAtMs / 1_000),
    model,
    system_fingerprint: SYSTEM_FINGERPRINT,
  };
}

/** A whole `chat.completion`, as OpenAI's API answers it. */
export function buildBody(answer: DemoAnswer, model: string, createdAtMs: number): Uint8Array {
  const body = {
    ...buildEnvelope(answer, model, "chat.completion", createdAtMs),
    choices: answer.choices.map((choice, index) => ({
      index,
      message: { role: "assistant", content: choice.content, refusal: null, ...toolCalls(choice) },
      logprobs: null,
      finish_reason: choice.finishReason,
    })),
    usage: buildUsage(answer.usage),
  };
  return new TextEncoder().encode(JSON.stringify(body));
}

export function buildUsage(usage: Usage) {
  return {
    prompt_tokens: usage.inputTokens,
    completion_tokens: usage.outputTokens,
    total_tokens: usage.inputTokens + usage.outputTokens,
    prompt_tokens_details: { cached_tokens: usage.cachedInputTokens },
    completion_tokens_details: { reasoning_tokens: usage.reasoningTokens },
  };
}

function toolCalls({ toolCall }: DemoChoice) {
  if (!toolCall) return {};
  const { id, name } = toolCall;
  return { tool_calls: [{ id, type: "function", function: { name, arguments: toolCall.arguments } }] };
}
