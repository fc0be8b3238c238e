/** A request as the engine has checked it: what of it a translation reads. */
export interface MessagesRequest {
  messages: readonly Message[];
  system?: string | readonly Block[] | null;
  max_tokens?: number | null;
  temperature?: number | null;
  top_p?: number | null;
  top_k?: number | null;
  stop_sequences?: readonly string[] | null;
  tools?: readonly Tool[] | null;
  tool_choice?: { type: string; name?: string; disable_parallel_tool_use?: boolean | null } | null;
  thinking?: { type: string; budget_tokens?: number | null; display?: string | null } | null;
  output_config?: { format?: Format | null; effort?: string | null } | null;
  /** The older name of `output_config.format`. */
  output_format?: Format | null;
  metadata?: { user_id?: string | null } | null;
  service_tier?: string | null;
  cache_control?: CacheControl | null;
}

export interface Message {
  role: "user" | "assistant" | "system";
  content: string | readonly Block[];
}

export interface CacheControl {
  ttl?: "5m" | "1h";
}

export interface Format {
  type: string;
  schema: Record<string, unknown>;
}

export interface Tool {
  type?: string | null;
  name: string;
  description?: string | null;
  input_schema: Record<string, unknown>;
  strict?: boolean | null;
  cache_control?: CacheControl | null;
}

interface Marked {
  cache_control?: CacheControl | null;
}

export interface TextBlock extends Marked {
  type: "text";
  text: string;
}

export interface ImageBlock extends Marked {
  type: "image";
  source: Source;
}

export interface DocumentBlock extends Marked {
  type: "document";
  source: Source;
  title?: string | null;
}

export interface ToolResultBlock extends Marked {
  type: "tool_result";
  tool_use_id: string;
  content?: string | readonly Block[] | null;
  is_error?: boolean | null;
}

export type Block =
  | TextBlock
  | ImageBlock
  | DocumentBlock
  | ToolResultBlock
  | ({ type: "tool_use"; id: string; name: string; input: unknown } & Marked)
  | ThinkingBlock
  | ({ type: "redacted_thinking"; data: string } & Marked);

export interface ThinkingBlock extends Marked {
  type: "thinking";
  thinking: string;
  signature?: string | null;
}

export type Source =
  | { type: "base64"; media_type: string; data: string }
  | { type: "url"; url: string }
  | { type: "text"; data: string }
  | { type: "content"; content: string | readonly Block[] };

/** Whether the caller wants to see what the model thinks: no answer of Anthropic's shows it unasked. */
export function showsThoughts({ thinking }: { readonly thinking?: unknown }): boolean {
  return typeof thinking === "object" && thinking !== null && (thinking as { type?: unknown }).type !== "disabled";
}

/** The caller wants thoughts for the next turn only, not to read. */
export function omitsThoughts({ thinking }: { readonly thinking?: unknown }): boolean {
  return (thinking as { display?: unknown } | null | undefined)?.display === "omitted";
}
