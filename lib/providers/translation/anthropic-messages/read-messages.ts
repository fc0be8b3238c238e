import type {
  LanguageModelV4Message,
  LanguageModelV4Prompt,
  LanguageModelV4ReasoningPart,
  LanguageModelV4TextPart,
  LanguageModelV4ToolCallPart,
  LanguageModelV4ToolResultPart,
} from "@ai-sdk/provider";
import { TranslationError, type TranslationTarget } from "../codec.ts";
import { marked, readUserBlock, type UserPart, unknownBlock } from "./read-blocks.ts";
import { readToolResult } from "./read-tool-result.ts";
import type { Block, CacheControl, Message, MessagesRequest } from "./request.ts";
import { readRedacted, readThought } from "./thought-seal.ts";

export function readPrompt(request: MessagesRequest, target: TranslationTarget): LanguageModelV4Prompt {
  const toolNames = new Map<string, string>();
  const conversation = markEnd(request.messages, request.cache_control).flatMap((message, index) => {
    const at = `messages[${index}]`;
    if (message.role === "user") return readUser(toBlocks(message.content), `${at}.content`, target, toolNames);
    if (message.role === "assistant")
      return readAssistant(toBlocks(message.content), `${at}.content`, target, toolNames);
    throw new TranslationError("unsupported", "instructions in the middle of a conversation.", `${at}.role`);
  });
  return [...readSystem(request.system, target), ...conversation];
}

function toBlocks(content: string | readonly Block[]): readonly Block[] {
  return typeof content === "string" ? [{ type: "text", text: content }] : content;
}

/** A mark on the whole request is one on its last block. */
function markEnd(messages: readonly Message[], mark: CacheControl | null | undefined): readonly Message[] {
  const last = messages.at(-1);
  const blocks = last === undefined ? [] : toBlocks(last.content);
  const end = blocks.at(-1);
  if (mark === undefined || mark === null || last === undefined || end === undefined) return messages;
  return [...messages.slice(0, -1), { ...last, content: [...blocks.slice(0, -1), { cache_control: mark, ...end }] }];
}

/** One message: several would be taken for several turns by some. Only where a block may bear a mark they stay apart. */
function readSystem(system: MessagesRequest["system"], target: TranslationTarget): LanguageModelV4Message[] {
  const blocks = toBlocks(system ?? []);
  for (const [index, block] of blocks.entries()) {
    if (block.type !== "text") throw unknownBlock(block, `system[${index}]`);
  }
  const texts = blocks.filter((block) => block.type === "text" && block.text !== "") as Extract<
    Block,
    { type: "text" }
  >[];
  if (texts.length === 0) return [];
  if (target.kind === "anthropic" || target.kind === "amazon-bedrock") {
    return texts.map(({ text, cache_control: mark }) => ({ role: "system", content: text, ...marked(mark, target) }));
  }
  return [{ role: "system", content: texts.map(({ text }) => text).join("\n\n") }];
}

/** Results of tools come first: every library wants them right after the calls. */
function readUser(
  blocks: readonly Block[],
  at: string,
  target: TranslationTarget,
  toolNames: ReadonlyMap<string, string>,
): LanguageModelV4Message[] {
  const results: LanguageModelV4ToolResultPart[] = [];
  const shown: UserPart[] = [];
  const said: UserPart[] = [];
  for (const [index, block] of blocks.entries()) {
    const param = `${at}[${index}]`;
    if (block.type !== "tool_result") {
      said.push(...readUserBlock(block, param, target));
      continue;
    }
    const result = readToolResult(block, param, target, toolNames);
    results.push(result.part);
    shown.push(...result.shown);
  }
  const messages: LanguageModelV4Message[] = [];
  if (results.length > 0) messages.push({ role: "tool", content: results });
  const rest = [...shown, ...said];
  if (rest.length > 0 || results.length === 0) messages.push({ role: "user", content: rest });
  return messages;
}

type AssistantPart = LanguageModelV4TextPart | LanguageModelV4ReasoningPart | LanguageModelV4ToolCallPart;

function readAssistant(
  blocks: readonly Block[],
  at: string,
  target: TranslationTarget,
  toolNames: Map<string, string>,
): LanguageModelV4Message[] {
  const content = blocks.flatMap((block, index): AssistantPart[] => {
    const mark = marked(block.cache_control, target);
    switch (block.type) {
      case "text":
        return block.text === "" ? [] : [{ type: "text", text: block.text, ...mark }];
      case "thinking":
        return [readThought(block, target)].filter((part) => part !== null);
      case "redacted_thinking":
        return [readRedacted(block.data, target)].filter((part) => part !== null);
      case "tool_use":
        toolNames.set(block.id, block.name);
        return [{ type: "tool-call", toolCallId: block.id, toolName: block.name, input: block.input, ...mark }];
      default:
        throw unknownBlock(block, `${at}[${index}]`);
    }
  });
  return content.length === 0 ? [] : [{ role: "assistant", content }];
}
