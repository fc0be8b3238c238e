import type { LanguageModelV4Message, LanguageModelV4Prompt } from "@ai-sdk/provider";
import type { TranslationKind } from "../registry/entry.ts";
import { TranslationError } from "./codec.ts";

/** The prompt in the form that a kind takes, where its library would refuse it or leave parts of it out. */
export function preparePrompt(kind: TranslationKind, prompt: LanguageModelV4Prompt): LanguageModelV4Prompt {
  if (kind === "cohere") return prompt.flatMap(splitToolCalls);
  return TAKES_SYSTEM_FIRST.has(kind) ? systemFirst(prompt) : prompt;
}

const TAKES_SYSTEM_FIRST: ReadonlySet<TranslationKind> = new Set([
  "anthropic",
  "google",
  "google-vertex",
  "amazon-bedrock",
]);

/** As these providers' own OpenAI endpoints do it: instructions from anywhere in the conversation go to its beginning. */
function systemFirst(prompt: LanguageModelV4Prompt): LanguageModelV4Prompt {
  const isSystem = ({ role }: LanguageModelV4Message) => role === "system";
  return [...prompt.filter(isSystem), ...prompt.filter((message) => !isSystem(message))];
}

/** Its library leaves out what is said beside a tool call: said in a message of its own it stays. */
function splitToolCalls(message: LanguageModelV4Message): LanguageModelV4Message[] {
  if (message.role !== "assistant") return [message];
  const calls = message.content.filter(({ type }) => type === "tool-call");
  const rest = message.content.filter(({ type }) => type !== "tool-call");
  const saysMore = rest.some((part) => part.type === "text" && part.text !== "");
  if (calls.length === 0 || !saysMore) return [message];
  return [
    { ...message, content: rest },
    { ...message, content: calls },
  ];
}

/** A file that the target would have to fetch and does not: nothing is fetched here, from addresses that callers name. */
export function checkAddresses(
  prompt: LanguageModelV4Prompt,
  supportedUrls: Readonly<Record<string, readonly RegExp[]>>,
): void {
  for (const { content } of prompt) {
    if (typeof content === "string") continue;
    for (const part of content) {
      if (part.type !== "file" || part.data.type !== "url") continue;
      if (isSupported(part.data.url.href, part.mediaType, supportedUrls)) continue;
      const message = "this model does not fetch such a file itself; send its content as a `data:` address.";
      throw new TranslationError("unsupported", message, "messages");
    }
  }
}

function isSupported(url: string, mediaType: string, supported: Readonly<Record<string, readonly RegExp[]>>): boolean {
  const whole = mediaType.includes("/") ? mediaType : `${mediaType}/`;
  return Object.entries(supported)
    .filter(([type]) => type === "*" || (type.endsWith("/*") ? whole.startsWith(type.slice(0, -1)) : whole === type))
    .some(([, patterns]) => patterns.some((pattern) => pattern.test(url)));
}
