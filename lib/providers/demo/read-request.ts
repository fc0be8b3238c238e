import type { WireBody } from "#lib/gateway/contract/wire.ts";

/** What the demo provider reads of a chat request. Anything odd reads as absent: it must answer whatever a client sends. */
export interface DemoRequest {
  /** Of the last message that the user wrote. */
  lastUserText: string;
  /** Roles and text of the whole conversation. */
  allText: string;
  maxTokens: number | null;
  choices: number;
  stop: readonly string[];
  /** `{}` asks for any JSON, a schema for JSON that fits it; null for free text. */
  jsonSchema: unknown;
  /** The function that `tool_choice` forces a call of. */
  forcedTool: { name: string; parameters: unknown } | null;
}

const MAX_CHOICES = 8;

export function readRequest(body: WireBody): DemoRequest {
  const messages = (Array.isArray(body.messages) ? body.messages : []).map((message) => ({
    role: String(field(message, "role") ?? ""),
    text: textOf(field(message, "content")),
  }));
  const limit = body.max_completion_tokens ?? body.max_tokens;
  const choices = typeof body.n === "number" ? Math.trunc(body.n) : 1;
  return {
    lastUserText: messages.findLast((message) => message.role === "user")?.text ?? "",
    allText: messages.map((message) => `${message.role}\n${message.text}`).join("\n"),
    maxTokens: typeof limit === "number" && limit >= 1 ? Math.trunc(limit) : null,
    choices: Math.min(Math.max(choices, 1), MAX_CHOICES),
    stop: [body.stop].flat().filter((stop): stop is string => typeof stop === "string" && stop !== ""),
    jsonSchema: jsonSchemaOf(body.response_format),
    forcedTool: forcedToolOf(body),
  };
}

/** A field of a value that may be anything. */
export function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  const texts = content.map((part) => field(part, "text"));
  return texts.filter((text) => typeof text === "string").join("\n");
}

function jsonSchemaOf(format: unknown): unknown {
  const type = field(format, "type");
  if (type === "json_object") return {};
  return type === "json_schema" ? (field(field(format, "json_schema"), "schema") ?? {}) : null;
}

function forcedToolOf(body: WireBody): DemoRequest["forcedTool"] {
  const tools = Array.isArray(body.tools) ? body.tools.map((tool) => field(tool, "function")) : [];
  const named = field(field(body.tool_choice, "function"), "name");
  if (named === undefined && body.tool_choice !== "required") return null;
  const tool = named === undefined ? tools[0] : tools.find((candidate) => field(candidate, "name") === named);
  const name = field(tool, "name");
  return typeof name === "string" ? { name, parameters: field(tool, "parameters") } : null;
}
