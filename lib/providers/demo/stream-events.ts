import type { StreamEvent } from "#lib/gateway/ports.ts";
import { mapFinishReason } from "../openai-chat/map-finish-reason.ts";
import { NO_EVENT } from "../stream-event.ts";
import { buildEnvelope, buildUsage } from "./build-body.ts";
import type { DemoAnswer, DemoChoice } from "./compose-answer.ts";

const WORDS_PER_CHUNK = 3;

interface StreamOptions {
  model: string;
  /** Epoch milliseconds. */
  createdAtMs: number;
  /** The caller asked for usage; the gateway is told it either way. */
  showsUsage: boolean;
}

/** The events of OpenAI's stream, in its order: role, pieces of content, finish, usage, `[DONE]`. */
export function* streamEvents(
  answer: DemoAnswer,
  { model, createdAtMs, showsUsage }: StreamOptions,
): Generator<StreamEvent> {
  const envelope = buildEnvelope(answer, model, "chat.completion.chunk", createdAtMs);
  const event = (fields: object, part: Partial<StreamEvent> = {}): StreamEvent => ({
    ...NO_EVENT,
    sse: { event: null, data: JSON.stringify({ ...envelope, ...fields }) },
    ...part,
  });
  const delta = (index: number, content: object, finish_reason: string | null = null) => ({
    choices: [{ index, delta: content, logprobs: null, finish_reason }],
    ...(showsUsage ? { usage: null } : {}),
  });

  for (const [index, choice] of answer.choices.entries()) {
    yield event(delta(index, { role: "assistant", content: choice.content === null ? null : "", refusal: null }));
    for (const piece of pieces(choice)) {
      const text = "content" in piece && index === 0 ? piece.content : "";
      yield event(delta(index, piece), { hasContent: true, text, hasMoreThanText: !("content" in piece) || index > 0 });
    }
    const finishReason = mapFinishReason(choice.finishReason);
    yield event(delta(index, {}, choice.finishReason), { finishReason });
  }
  const usageEvent = event({ choices: [], usage: buildUsage(answer.usage) }, { usage: answer.usage });
  yield showsUsage ? usageEvent : { ...usageEvent, sse: null };
  yield { ...NO_EVENT, sse: { event: null, data: "[DONE]" }, isEnd: true };
}

function* pieces({ content, toolCall }: DemoChoice): Generator<{ content: string } | { tool_calls: object[] }> {
  if (toolCall) {
    const { id, name } = toolCall;
    yield { tool_calls: [{ index: 0, id, type: "function", function: { name, arguments: "" } }] };
    for (const part of wordGroups(toolCall.arguments)) {
      yield { tool_calls: [{ index: 0, function: { arguments: part } }] };
    }
  }
  for (const part of wordGroups(content ?? "")) yield { content: part };
}

/** Cuts a text into groups of words that together are the very same text. */
function wordGroups(text: string): string[] {
  const words = text.match(/\s*\S+\s*$|\s*\S+/g) ?? (text === "" ? [] : [text]);
  const groups: string[] = [];
  for (let start = 0; start < words.length; start += WORDS_PER_CHUNK) {
    groups.push(words.slice(start, start + WORDS_PER_CHUNK).join(""));
  }
  return groups;
}
