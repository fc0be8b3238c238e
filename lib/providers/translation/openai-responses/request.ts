/** A request as the engine's reader of this wire has checked it: what that does not look into is unknown here too. */
export interface ResponsesRequest {
  input?: string | readonly InputItem[] | null;
  instructions?: string | null;
  tools?: readonly Tool[] | null;
  tool_choice?: string | ToolChoice | null;
  parallel_tool_calls?: boolean | null;
  text?: { format?: TextFormat | null } | null;
  reasoning?: { effort?: string | null; summary?: unknown; generate_summary?: unknown } | null;
  max_output_tokens?: number | null;
  temperature?: number | null;
  top_p?: number | null;
  store?: boolean | null;
  metadata?: Record<string, unknown> | null;
  user?: unknown;
  safety_identifier?: unknown;
  service_tier?: unknown;
}

export type InputItem = Readonly<Record<string, unknown>>;
export type Part = Readonly<Record<string, unknown>> & { type: string };

export interface Tool {
  type: string;
  name: string;
  description?: unknown;
  parameters?: Record<string, unknown> | null;
  strict?: unknown;
}

export interface ToolChoice {
  type: string;
  name?: unknown;
  mode?: unknown;
  tools?: unknown;
}

export interface TextFormat {
  type: string;
  name?: unknown;
  description?: unknown;
  schema?: Record<string, unknown>;
  strict?: unknown;
}
