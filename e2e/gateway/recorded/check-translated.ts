import { readEventData } from "#e2e/support/event-stream.ts";
import type { Json, Recording } from "#e2e/support/recordings.ts";
import { readVectors } from "#lib/providers/translation/openai-embeddings/recorded-vectors.ts";
import type { RecordedAnswer } from "#lib/providers/translation/recorded-answer.ts";
import { readAnswer, toRecording } from "#lib/providers/translation/recorded-oracle.ts";
import type { Exchange } from "./exchange.ts";
import type { Lane } from "./lanes.ts";
import { Problems } from "./problems.ts";
import type { Call } from "./watched-call.ts";

/** A plain call in OpenAI's words: what was recorded was asked in the provider's own. */
export function translatedCall({ provider, wire }: Lane, { model, isStream, file }: Recording): Call {
  const named = { model: `${provider}/${model}` };
  if (wire === "openai-embeddings") {
    // As many texts as there are vectors.
    const count = file.response.status === 200 ? readVectors(file.response.body, file.response.headers)[0].length : 1;
    const input = Array.from({ length: count }, (_, at) => `text ${at}`);
    return { wire, body: { ...named, input, encoding_format: "float" }, headers: {} };
  }
  const options = isStream && { stream: true, stream_options: { include_usage: true } };
  return { wire, body: { ...named, messages: [{ role: "user", content: "Hello" }], ...options }, headers: {} };
}

/** What is in the answer of another wire, whichever it is. */
export function readTranslated({ wire, translation }: Lane, { name, file }: Recording): RecordedAnswer {
  if (translation === null) throw new Error("It passes as it came.");
  if (wire !== "openai-embeddings") return readAnswer(toRecording(name, translation, file));
  const [, tokens] = readVectors(file.response.body, file.response.headers);
  const usage = tokens === null ? null : { inputTokens: tokens, outputTokens: 0, cachedInputTokens: 0 };
  return { text: "", toolCalls: [], finishReason: "", usage };
}

export function checkTranslatedAnswer(exchange: Exchange, recorded: RecordedAnswer): string[] {
  const { lane, recording, seen } = exchange;
  const problems = new Problems();
  problems.compare("status", seen.response.status, 200);
  problems.compare("what the client threw", seen.error, null);
  if (problems.list.length > 0) return problems.list;
  if (lane.wire === "openai-embeddings") {
    const [vectors] = readVectors(recording.file.response.body, recording.file.response.headers);
    const { data } = JSON.parse(seen.text);
    problems.compare(
      "vectors",
      data.map(({ embedding }: Json) => embedding),
      vectors,
    );
    return problems.list;
  }
  if (!recording.isStream) {
    const completion: Json = seen.client[0];
    const { message, finish_reason } = completion.choices[0];
    return compareAnswer({ ...message, finish_reason, usage: completion.usage }, recorded);
  }
  problems.compare("end", readEventData(seen.text).at(-1), "[DONE]");
  return [...problems.list, ...compareAnswer(joinChunks(seen.client), recorded)];
}

function joinChunks(chunks: readonly unknown[]): Json {
  const whole: Json = { content: "", tool_calls: [] };
  for (const { choices, usage } of chunks as Json[]) {
    whole.usage = usage ?? whole.usage;
    const { delta, finish_reason } = choices[0] ?? { delta: {} };
    whole.content += delta.content ?? "";
    whole.finish_reason = finish_reason ?? whole.finish_reason;
    for (const { index, ...piece } of delta.tool_calls ?? []) {
      whole.tool_calls[index] ??= { ...piece, function: { ...piece.function, arguments: "" } };
      whole.tool_calls[index].function.arguments += piece.function?.arguments ?? "";
    }
  }
  return whole;
}

function compareAnswer(seen: Json, recorded: RecordedAnswer): string[] {
  const problems = new Problems();
  const calls = (seen.tool_calls ?? []).map((call: Json, at: number) => ({
    // Where the provider names no call, any name does.
    id: recorded.toolCalls[at]?.id === null ? null : call.id,
    name: call.function.name,
    input: JSON.parse(call.function.arguments),
  }));
  problems.compare("text", seen.content ?? "", recorded.text);
  problems.compare("tool calls", calls, recorded.toolCalls);
  problems.compare("finish reason", seen.finish_reason, recorded.finishReason);
  const { prompt_tokens, completion_tokens, prompt_tokens_details } = seen.usage ?? {};
  const usage = seen.usage && {
    inputTokens: prompt_tokens,
    outputTokens: completion_tokens,
    cachedInputTokens: prompt_tokens_details.cached_tokens,
  };
  problems.compare("usage", usage ?? null, recorded.usage ?? null);
  return problems.list;
}
