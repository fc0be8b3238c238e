import type { LanguageModelV4Message, LanguageModelV4Prompt, SharedV4ProviderOptions } from "@ai-sdk/provider";
import { readKeptContent } from "#lib/gateway/contract/kept-thought.ts";
import { TranslationError, type TranslationTarget } from "../codec.ts";
import { TRANSLATIONS } from "../features.ts";
import { sealOptions } from "../part-marks.ts";
import { readAnswer, readContent, readInstructions, readToolOutput } from "./read-content.ts";
import type { InputItem, Part, ResponsesRequest } from "./request.ts";

/** What is known of a conversation before its items are read one by one. */
interface Conversation {
  target: TranslationTarget;
  /** The functions' names, by the ids of their calls. */
  names: ReadonlyMap<string, string>;
  /** Seals that belong to calls, by their ids. */
  seals: ReadonlyMap<string, SharedV4ProviderOptions>;
}

/** A request's instructions and items as messages: what the model said in one turn is one message. */
export function readPrompt(
  { instructions, input }: ResponsesRequest,
  target: TranslationTarget,
): LanguageModelV4Prompt {
  const prompt: LanguageModelV4Prompt = [];
  if (typeof instructions === "string" && instructions !== "") prompt.push({ role: "system", content: instructions });
  if (typeof input === "string") prompt.push({ role: "user", content: [{ type: "text", text: input }] });
  if (!Array.isArray(input)) return prompt;
  const items = input as readonly InputItem[];
  const conversation = { target, names: findNames(items), seals: findSeals(items, target) };
  for (const [index, item] of items.entries()) {
    const message = readItem(item, conversation, `input[${index}]`);
    if (message !== null) append(prompt, message);
  }
  return prompt;
}

function readItem(item: InputItem, conversation: Conversation, param: string): LanguageModelV4Message | null {
  switch (item.type ?? "message") {
    case "message":
      return readMessage(item, conversation.target, param);
    case "function_call":
      return readCall(item, conversation, param);
    case "function_call_output":
      return readOutput(item, conversation, param);
    case "reasoning":
      return readReasoning(item, conversation.target);
    default:
      throw new TranslationError("unsupported", `items of type "${item.type}" are not known there.`, param);
  }
}

function readMessage(
  { role, content }: InputItem,
  target: TranslationTarget,
  param: string,
): LanguageModelV4Message | null {
  const parts: readonly Part[] =
    typeof content === "string" ? [{ type: "input_text", text: content }] : (content as Part[]);
  const at = `${param}.content`;
  if (role === "user") return { role, content: readContent(parts, target.kind, at) };
  if (role === "assistant") return { role, content: readAnswer(parts, target.kind, at) };
  if (role === "system" || role === "developer") return { role: "system", ...readInstructions(parts, target.kind, at) };
  throw new TranslationError("unsupported", `the role "${role}" is not known there.`, `${param}.role`);
}

function readCall(item: InputItem, { seals }: Conversation, param: string): LanguageModelV4Message {
  const { call_id: toolCallId, name: toolName, arguments: text } = item as Record<string, string>;
  const input = readArguments(text as string, param);
  const providerOptions = seals.get(toolCallId as string);
  const call = { type: "tool-call", toolCallId: toolCallId as string, toolName: toolName as string, input } as const;
  return { role: "assistant", content: [{ ...call, providerOptions }] };
}

/** Models elsewhere call their functions with an object, where OpenAI's write a text that should be one. */
function readArguments(text: string, param: string): unknown {
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Said below.
  }
  throw new TranslationError("unsupported", "arguments have to be a JSON object there.", `${param}.arguments`);
}

function readOutput(item: InputItem, { names, target }: Conversation, param: string): LanguageModelV4Message {
  const toolCallId = String(item.call_id);
  const toolName = names.get(toolCallId);
  if (toolName === undefined) {
    const message = `\`${param}.call_id\` is the id of no function call before it.`;
    throw new TranslationError("malformed", message, `${param}.call_id`);
  }
  const output = readToolOutput(item.output as string | readonly Part[], target.kind, `${param}.output`);
  return { role: "tool", content: [{ type: "tool-result", toolCallId, toolName, output }] };
}

/** Another model's thoughts are left out: none can read them, and most refuse to. */
function readReasoning(item: InputItem, { kind, model }: TranslationTarget): LanguageModelV4Message | null {
  const thought = readKeptContent(item.encrypted_content);
  if (thought === null || thought.callId !== null) return null;
  const text = ((item.summary ?? []) as Part[])
    .map((part) => (typeof part.text === "string" ? part.text : ""))
    .join("");
  if (thought.seal !== null) {
    const providerOptions = sealOptions(kind, thought.seal);
    return providerOptions === undefined
      ? null
      : { role: "assistant", content: [{ type: "reasoning", text, providerOptions }] };
  }
  // Without a seal the text is all there is; the models that think so want it back.
  const isOwn = TRANSLATIONS[kind].thoughts.includes("unsealed") && thought.model === model && text !== "";
  return isOwn ? { role: "assistant", content: [{ type: "reasoning", text }] } : null;
}

function findNames(items: readonly InputItem[]): Map<string, string> {
  const calls = items.filter(({ type }) => type === "function_call");
  return new Map(calls.map(({ call_id, name }) => [String(call_id), String(name)]));
}

function findSeals(items: readonly InputItem[], { kind }: TranslationTarget): Map<string, SharedV4ProviderOptions> {
  const seals = new Map<string, SharedV4ProviderOptions>();
  for (const item of items) {
    const thought = item.type === "reasoning" ? readKeptContent(item.encrypted_content) : null;
    if (thought === null || thought.callId === null || thought.seal === null) continue;
    const options = sealOptions(kind, thought.seal);
    if (options !== undefined) seals.set(thought.callId, options);
  }
  return seals;
}

/** Items of one turn follow each other: they are one message elsewhere. */
function append(prompt: LanguageModelV4Prompt, message: LanguageModelV4Message): void {
  const last = prompt.at(-1);
  if (last?.role === "assistant" && message.role === "assistant") last.content.push(...message.content);
  else if (last?.role === "tool" && message.role === "tool") last.content.push(...message.content);
  else prompt.push(message);
}
