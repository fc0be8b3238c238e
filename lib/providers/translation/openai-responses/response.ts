import type { Usage } from "#lib/gateway/contract/usage.ts";
import type { AnswerContext } from "../codec.ts";
import type { ResponsesRequest, Tool } from "./request.ts";

export interface MessageItem {
  type: "message";
  id: string;
  status: ItemStatus;
  role: "assistant";
  content: OutputText[];
}

export interface OutputText {
  type: "output_text";
  text: string;
  annotations: [];
  logprobs: [];
}

export interface ReasoningItem {
  type: "reasoning";
  id: string;
  status: ItemStatus;
  summary: SummaryText[];
  encrypted_content?: string;
}

export interface SummaryText {
  type: "summary_text";
  text: string;
}

export interface FunctionCallItem {
  type: "function_call";
  id: string;
  status: ItemStatus;
  call_id: string;
  name: string;
  arguments: string;
}

export interface ImageItem {
  type: "image_generation_call";
  id: string;
  status: "in_progress" | "completed";
  /** Base64. */
  result: string | null;
}

type ItemStatus = "in_progress" | "completed" | "incomplete";

export type OutputItem = MessageItem | ReasoningItem | FunctionCallItem | ImageItem;

/** How a response is: at its beginning, and at its end. */
export interface ResponseState {
  status: "in_progress" | "completed" | "incomplete";
  incomplete_details: { reason: "max_output_tokens" | "content_filter" } | null;
  output: readonly OutputItem[];
  usage?: ReturnType<typeof asResponseUsage>;
}

/** The response around its output: what was asked, said again, as this wire has it. */
export function describeResponse({ body, target, id, createdAtMs }: AnswerContext, state: ResponseState) {
  const request = body as ResponsesRequest;
  const { status, incomplete_details, output, usage } = state;
  return {
    id: `resp_${id}`,
    object: "response",
    created_at: Math.floor(createdAtMs / 1000),
    status,
    background: false,
    error: null,
    incomplete_details,
    instructions: request.instructions ?? null,
    max_output_tokens: request.max_output_tokens ?? null,
    metadata: request.metadata ?? {},
    model: target.model,
    output,
    parallel_tool_calls: request.parallel_tool_calls ?? true,
    previous_response_id: null,
    reasoning: { effort: request.reasoning?.effort ?? null, summary: request.reasoning?.summary ?? null },
    // Whatever was asked: nothing is kept on this way.
    store: false,
    temperature: request.temperature ?? null,
    text: request.text ?? { format: { type: "text" } },
    tool_choice: request.tool_choice ?? "auto",
    tools: (request.tools ?? []).map(describeTool),
    top_p: request.top_p ?? null,
    truncation: "disabled",
    ...(usage !== undefined && { usage }),
  };
}

function describeTool({ type, name, description, parameters, strict }: Tool) {
  return {
    type,
    name,
    description: description ?? null,
    parameters: parameters ?? null,
    strict: strict ?? null,
  };
}

export function asResponseUsage(usage: Usage) {
  const { inputTokens, outputTokens, cachedInputTokens, cacheWriteTokens, reasoningTokens } = usage;
  return {
    input_tokens: inputTokens,
    input_tokens_details: { cached_tokens: cachedInputTokens, cache_write_tokens: cacheWriteTokens },
    output_tokens: outputTokens,
    output_tokens_details: { reasoning_tokens: reasoningTokens },
    total_tokens: inputTokens + outputTokens,
  };
}
