import type {
  LanguageModelV4Message,
  LanguageModelV4Prompt,
  LanguageModelV4ReasoningPart,
  LanguageModelV4ToolCallPart,
  LanguageModelV4ToolResultPart,
} from "@ai-sdk/provider";
import { TranslationError, type TranslationTarget } from "../codec.ts";
import { cacheOptions, sealOptions } from "../part-marks.ts";
import { toolOutput } from "../tool-output.ts";
import { readPart, readText } from "./read-parts.ts";
import { readReasoning } from "./reasoning-details.ts";
import type { ContentPart, Message, ToolCall } from "./schema.ts";

type Assistant = Extract<Message, { role: "assistant" }>;
type ToolAnswer = Extract<Message, { role: "tool" }>;

export function readMessages(messages: readonly Message[], target: TranslationTarget): LanguageModelV4Prompt {
  const prompt: LanguageModelV4Prompt = [];
  /** Tool answers name their call; the libraries want the tool's name as well. */
  const toolNames = new Map<string, string>();
  messages.forEach((message, index) => {
    const at = `messages[${index}]`;
    if (message.role !== "tool" && message.role !== "function" && message.name !== undefined) {
      throw new TranslationError("unsupported", "it knows no names of participants.", `${at}.name`);
    }
    if (message.role === "tool") {
      addToolAnswer(prompt, readToolAnswer(message, { at, target, toolNames }));
      return;
    }
    if (message.role === "assistant") {
      for (const call of message.tool_calls ?? []) if (call.function) toolNames.set(call.id, call.function.name);
    }
    prompt.push(...readMessage(message, at, target));
  });
  return prompt;
}

function readMessage(
  message: Exclude<Message, ToolAnswer>,
  at: string,
  target: TranslationTarget,
): LanguageModelV4Message[] {
  const content = `${at}.content`;
  switch (message.role) {
    case "system":
    case "developer":
      return toParts(message.content).map((part, index) => ({
        role: "system",
        content: readText(part, `${content}[${index}]`),
        ...marked(part, target),
      }));
    case "user":
      return [
        {
          role: "user",
          content: toParts(message.content).map((part, index) => readPart(part, `${content}[${index}]`, target)),
        },
      ];
    case "assistant":
      return [readAssistant(message, at, target)];
    case "function":
      throw new TranslationError("unsupported", "it knows tools, not functions.", `${at}.role`);
  }
}

function readAssistant(message: Assistant, at: string, target: TranslationTarget): LanguageModelV4Message {
  if (message.function_call !== undefined || message.audio !== undefined) {
    const field = message.audio === undefined ? "function_call" : "audio";
    throw new TranslationError("unsupported", `\`${field}\` of an earlier answer.`, `${at}.${field}`);
  }
  const reasoning: LanguageModelV4ReasoningPart[] = readReasoning(message, target);
  const said = message.content === undefined ? [] : toParts(message.content);
  const texts = said.map((part, index) => ({
    type: "text" as const,
    text: part.type === "refusal" ? (part.refusal ?? "") : readText(part, `${at}.content[${index}]`),
    ...marked(part, target),
  }));
  if (message.refusal !== undefined) texts.push({ type: "text", text: message.refusal });
  const calls = (message.tool_calls ?? []).map((call, index) => readCall(call, `${at}.tool_calls[${index}]`, target));
  // Beside its calls a message may say nothing; an empty text would be refused.
  const spoken = calls.length === 0 ? texts : texts.filter(({ text }) => text !== "");
  return { role: "assistant", content: [...reasoning, ...spoken, ...calls] };
}

function readCall(call: ToolCall, at: string, { kind }: TranslationTarget): LanguageModelV4ToolCallPart {
  if (call.type !== "function" || call.function === undefined) {
    throw new TranslationError("unsupported", `a call of type \`${call.type}\`.`, at);
  }
  const seal = call.extra_content?.google?.thought_signature;
  const options =
    seal === undefined ? undefined : sealOptions(kind, { by: "google", value: seal, isRedacted: false, id: null });
  return {
    type: "tool-call",
    toolCallId: call.id,
    toolName: call.function.name,
    input: readArguments(call.function.arguments, `${at}.function.arguments`),
    ...(options !== undefined && { providerOptions: options }),
  };
}

function readArguments(text: string, param: string): unknown {
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new TranslationError("unsupported", "it takes a call's arguments as JSON only.", param);
  }
}

interface AnswerPlace {
  at: string;
  target: TranslationTarget;
  toolNames: ReadonlyMap<string, string>;
}

function readToolAnswer(message: ToolAnswer, { at, target, toolNames }: AnswerPlace): LanguageModelV4ToolResultPart {
  const toolName = toolNames.get(message.tool_call_id);
  if (toolName === undefined) {
    throw new TranslationError(
      "malformed",
      "No earlier message holds the call that this answers.",
      `${at}.tool_call_id`,
    );
  }
  const parts = toParts(message.content);
  const text = parts.map((part, index) => readText(part, `${at}.content[${index}]`)).join("\n");
  const last = parts.findLast((part) => part.cache_control !== undefined);
  return {
    type: "tool-result",
    toolCallId: message.tool_call_id,
    toolName,
    output: toolOutput(text),
    ...(last !== undefined && marked(last, target)),
  };
}

/** Answers to calls of one turn belong into one message: Gemini counts them. */
function addToolAnswer(prompt: LanguageModelV4Prompt, answer: LanguageModelV4ToolResultPart): void {
  const last = prompt.at(-1);
  if (last?.role === "tool") last.content.push(answer);
  else prompt.push({ role: "tool", content: [answer] });
}

function toParts(content: string | ContentPart[]): ContentPart[] {
  return typeof content === "string" ? [{ type: "text", text: content } as ContentPart] : content;
}

function marked({ cache_control: cache }: ContentPart, { kind }: TranslationTarget) {
  const options = cache === undefined ? undefined : cacheOptions(kind, cache);
  return options === undefined ? {} : { providerOptions: options };
}
