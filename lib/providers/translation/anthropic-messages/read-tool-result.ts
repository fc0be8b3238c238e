import type { LanguageModelV4FilePart, LanguageModelV4ToolResultPart } from "@ai-sdk/provider";
import { TranslationError, type TranslationTarget } from "../codec.ts";
import { toolOutput } from "../tool-output.ts";
import { marked, readUserBlock, type UserPart } from "./read-blocks.ts";
import type { ToolResultBlock } from "./request.ts";

/** Kinds whose models look at a tool's result with its files in it; the others are shown them right after it. */
const TAKES_FILES: ReadonlySet<TranslationTarget["kind"]> = new Set([
  "anthropic",
  "amazon-bedrock",
  "openai-responses",
  "azure-openai",
]);

export interface ToolResult {
  part: LanguageModelV4ToolResultPart;
  /** What the user says next: files that have no place in the result itself. */
  shown: UserPart[];
}

/** What a tool gave back. `toolNames`: by the ids of the calls so far, for the libraries want the name as well. */
export function readToolResult(
  block: ToolResultBlock,
  at: string,
  target: TranslationTarget,
  toolNames: ReadonlyMap<string, string>,
): ToolResult {
  const toolName = toolNames.get(block.tool_use_id);
  if (toolName === undefined) {
    throw new TranslationError(
      "malformed",
      "No earlier message holds the call that this answers.",
      `${at}.tool_use_id`,
    );
  }
  const { content } = block;
  const parts: UserPart[] =
    typeof content === "string"
      ? [{ type: "text", text: content }]
      : (content ?? []).flatMap((one, index) => asText(readUserBlock(one, `${at}.content[${index}]`, target)));
  const files = parts.filter((part) => part.type === "file");
  const text = parts
    .filter((part) => part.type === "text")
    .map((part) => part.text)
    .join("\n");
  const isError = block.is_error === true;
  const frame = {
    type: "tool-result" as const,
    toolCallId: block.tool_use_id,
    toolName,
    ...marked(block.cache_control, target),
  };
  if (files.length === 0) return { part: { ...frame, output: toolOutput(text, isError) }, shown: [] };
  // An address goes where it is checked that the target fetches it; an error has no place for files at all.
  const areHere = target.kind === "anthropic" || files.every(({ data }) => data.type === "data");
  const fits = !isError && areHere && TAKES_FILES.has(target.kind);
  if (fits) return { part: { ...frame, output: { type: "content", value: parts } }, shown: [] };
  const pointer = `(${files.length === 1 ? "A file" : `${files.length} files`}: in the next message.)`;
  return {
    part: { ...frame, output: toolOutput(text === "" ? pointer : `${text}\n${pointer}`, isError) },
    shown: show(files, toolName),
  };
}

/** No library knows a text in a file in a result. */
function asText(parts: readonly UserPart[]): UserPart[] {
  return parts.map((part) => {
    if (part.type !== "file" || part.data.type !== "text") return part;
    const { text } = part.data;
    return { type: "text", text: part.filename === undefined ? text : `${part.filename}\n\n${text}` };
  });
}

function show(files: readonly LanguageModelV4FilePart[], toolName: string): UserPart[] {
  return [{ type: "text", text: `What ${toolName} gave back:` }, ...files];
}
