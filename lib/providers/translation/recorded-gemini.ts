import type { RecordedAnswer } from "./recorded-answer.ts";

// biome-ignore lint/suspicious/noExplicitAny: the shape of answers that are not ours.
type Json = any;

export function readGemini(json: Json[]): RecordedAnswer {
  const parts = json.flatMap(({ candidates }) => candidates?.[0]?.content?.parts ?? []);
  const toolCalls = readCalls(parts);
  const reason = json.map(({ candidates }) => candidates?.[0]?.finishReason).findLast((one) => one != null);
  const usage = json.findLast(({ usageMetadata }) => usageMetadata != null)?.usageMetadata;
  const ends: Record<string, string> = { STOP: toolCalls.length > 0 ? "tool_calls" : "stop", MAX_TOKENS: "length" };
  return {
    text: parts.map((part) => (part.thought === true ? "" : (part.text ?? ""))).join(""),
    toolCalls,
    finishReason: ends[reason] ?? "content_filter",
    usage: usage && {
      inputTokens: (usage.promptTokenCount ?? 0) + (usage.toolUsePromptTokenCount ?? 0),
      outputTokens: (usage.candidatesTokenCount ?? 0) + (usage.thoughtsTokenCount ?? 0),
      cachedInputTokens: usage.cachedContentTokenCount ?? 0,
    },
  };
}

/** A call comes whole, or its name first and then its arguments, a leaf or a piece of a text at a time. */
function readCalls(parts: Json[]): RecordedAnswer["toolCalls"] {
  const calls: RecordedAnswer["toolCalls"] = [];
  for (const { functionCall } of parts) {
    if (functionCall === undefined) continue;
    const { id = null, name, args = {}, partialArgs = [] } = functionCall;
    if (name !== undefined) calls.push({ id, name, input: args });
    for (const piece of partialArgs) addPiece(calls.at(-1) as { input: Json }, piece);
  }
  return calls;
}

/** Puts a leaf at its path, such as `$.steps[1].name`; a text is added to what is there already. */
function addPiece(call: { input: Json }, { jsonPath, stringValue, ...others }: Json): void {
  const names = [...jsonPath.matchAll(/\.(\w+)|\[(\d+)\]/g)].map(([, key, at]) => key ?? Number(at));
  const last = names.pop();
  let at = call.input;
  for (const [index, name] of names.entries()) {
    at[name] ??= typeof (names[index + 1] ?? last) === "number" ? [] : {};
    at = at[name];
  }
  const value = others.numberValue ?? others.boolValue ?? null;
  at[last] = stringValue === undefined ? value : (at[last] ?? "") + stringValue;
}
