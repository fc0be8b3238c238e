import type { Block, MessagesBody } from "./schema.ts";
import { isSaid, type Note, unknownFields } from "./unknown-fields.ts";

const READ_MESSAGE_FIELDS: ReadonlySet<string> = new Set(["role", "content"]);

/** Which blocks other wires know, by where they stand. */
const PLACES = {
  system: new Set(["text"]),
  user: new Set(["text", "image", "document", "tool_result"]),
  assistant: new Set(["text", "thinking", "redacted_thinking", "tool_use"]),
  result: new Set(["text", "image", "document"]),
  document: new Set(["text", "image"]),
} as const satisfies Record<string, ReadonlySet<string>>;
type Place = keyof typeof PLACES;

/** What the conversation itself asks of a target: its images, files, tool calls, and what only Anthropic can read. */
export function readBlockNeeds({ system, messages }: MessagesBody, note: Note): void {
  if (Array.isArray(system)) readBlocks(system, "system", "system", note);
  for (const [index, message] of messages.entries()) {
    // In the middle of a conversation few models take instructions.
    if (message.role === "system") note("other", `messages[${index}].role`);
    // An answer that the caller has begun: other models would not go on with it but say another.
    if (message.role === "assistant" && index === messages.length - 1) note("other", `messages[${index}].role`);
    const { content } = message;
    if (typeof content !== "string") readBlocks(content, message.role, `messages[${index}].content`, note);
    unknownFields(message, READ_MESSAGE_FIELDS, `messages[${index}].`, note);
  }
}

function readBlocks(blocks: readonly Block[], place: Place, at: string, note: Note): void {
  for (const [index, block] of blocks.entries()) {
    const param = `${at}[${index}]`;
    const known = PLACES[place].has(block.type) ? KNOWN_BLOCKS.get(block.type) : undefined;
    if (known === undefined) {
      note("other", param);
      continue;
    }
    known.read?.(block, param, note);
    unknownFields(block, known.fields, `${param}.`, note);
  }
}

interface KnownBlock {
  fields: ReadonlySet<string>;
  read?: (block: Block, param: string, note: Note) => void;
}

/**
 * Blocks that a translation can carry, with the fields of theirs that it reads. Thoughts ask for nothing: what
 * Anthropic signed or sealed only its own models can read, and they too pass over it once thinking is off.
 */
const KNOWN_BLOCKS: ReadonlyMap<string, KnownBlock> = new Map([
  ["text", { fields: new Set(["type", "text", "cache_control", "citations"]), read: readText }],
  ["image", { fields: new Set(["type", "source", "cache_control"]), read: readImage }],
  ["document", { fields: new Set(["type", "source", "title", "cache_control", "citations"]), read: readDocument }],
  ["thinking", { fields: new Set(["type", "thinking", "signature"]) }],
  ["redacted_thinking", { fields: new Set(["type", "data"]) }],
  ["tool_use", { fields: new Set(["type", "id", "name", "input", "cache_control", "caller"]), read: readToolUse }],
  [
    "tool_result",
    { fields: new Set(["type", "tool_use_id", "content", "is_error", "cache_control"]), read: readToolResult },
  ],
]);

function readText({ citations }: Block, param: string, note: Note): void {
  if (Array.isArray(citations) && citations.length > 0) note("other", `${param}.citations`);
}

function readImage({ source }: Block, param: string, note: Note): void {
  note("vision", param);
  const { type } = source as Block;
  if (type !== "base64" && type !== "url") note("other", `${param}.source`);
}

function readDocument({ source, citations }: Block, param: string, note: Note): void {
  const { type, content } = source as Block;
  if (type === "content" && typeof content !== "string") {
    readBlocks(content as readonly Block[], "document", `${param}.source.content`, note);
  } else if (type === "base64" || type === "url") note("files", param);
  else if (type !== "text" && type !== "content") note("other", `${param}.source`);
  if ((citations as { enabled?: unknown } | null | undefined)?.enabled === true) note("other", `${param}.citations`);
}

function readToolUse({ caller }: Block, param: string, note: Note): void {
  note("tools", param);
  if (isSaid(caller) && (caller as Partial<Block>).type !== "direct") note("other", `${param}.caller`);
}

function readToolResult({ content }: Block, param: string, note: Note): void {
  note("tools", param);
  if (Array.isArray(content)) readBlocks(content, "result", `${param}.content`, note);
}
