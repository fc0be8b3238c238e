import type {
  LanguageModelV4CallOptions,
  LanguageModelV4FunctionTool,
  LanguageModelV4ToolChoice,
} from "@ai-sdk/provider";
import type { WireBody } from "#lib/gateway/contract/wire.ts";
import { toProviderOptions } from "../call-settings.ts";
import { TranslationError, type TranslationTarget } from "../codec.ts";
import { withoutUndefined } from "../without-undefined.ts";
import { isStrictSchema } from "./is-strict-schema.ts";
import { marked } from "./read-blocks.ts";
import { readPrompt } from "./read-messages.ts";
import { readBudget, readClaudeThinking, readReasoning } from "./read-reasoning.ts";
import { type MessagesRequest, showsThoughts, type Tool } from "./request.ts";

/** A request to Messages in the libraries' terms. Throws `TranslationError` for what they cannot say. */
export function readRequest(body: WireBody, target: TranslationTarget): LanguageModelV4CallOptions {
  const request = body as unknown as MessagesRequest;
  const { stop_sequences: stop, tools } = request;
  const hasTools = tools !== undefined && tools !== null && tools.length > 0;
  return withoutUndefined({
    prompt: readPrompt(request, target),
    tools: hasTools ? readTools(tools, target) : undefined,
    toolChoice: hasTools ? readToolChoice(request) : undefined,
    responseFormat: readFormat(request),
    reasoning: readReasoning(request, target),
    stopSequences: stop === undefined || stop === null || stop.length === 0 ? undefined : [...stop],
    temperature: request.temperature ?? undefined,
    topP: request.top_p ?? undefined,
    topK: request.top_k ?? undefined,
    maxOutputTokens: readLimit(request, target),
    providerOptions: readSettings(request, target),
  });
}

function readTools(tools: readonly Tool[], target: TranslationTarget): LanguageModelV4FunctionTool[] {
  return tools.map((tool, index): LanguageModelV4FunctionTool => {
    const { type } = tool;
    if (type !== undefined && type !== null && type !== "custom") {
      throw new TranslationError("unsupported", `a tool of type \`${type}\`.`, `tools[${index}].type`);
    }
    if (tool.strict === true && target.kind === "cohere") {
      throw new TranslationError("unsupported", "its library leaves `strict` out.", `tools[${index}].strict`);
    }
    return withoutUndefined({
      type: "function" as const,
      name: tool.name,
      description: tool.description ?? undefined,
      inputSchema: tool.input_schema,
      strict: tool.strict === true ? true : undefined,
      ...marked(tool.cache_control, target),
    }) as LanguageModelV4FunctionTool;
  });
}

function readToolChoice({ tool_choice: choice }: MessagesRequest): LanguageModelV4ToolChoice | undefined {
  if (choice === undefined || choice === null) return undefined;
  if (choice.type === "auto" || choice.type === "none") return { type: choice.type };
  if (choice.type === "any") return { type: "required" };
  if (choice.type === "tool" && choice.name !== undefined) return { type: "tool", toolName: choice.name };
  throw new TranslationError("unsupported", `there is no tool choice \`${choice.type}\`.`, "tool_choice");
}

function formatOf({ output_config: output, output_format: older }: MessagesRequest) {
  return output?.format ?? older ?? null;
}

function readFormat(request: MessagesRequest): LanguageModelV4CallOptions["responseFormat"] {
  const format = formatOf(request);
  if (format === null) return undefined;
  if (format.type === "json_schema") return { type: "json", schema: format.schema };
  throw new TranslationError("unsupported", `there is no format \`${format.type}\`.`, "output_config.format.type");
}

/** What OpenAI takes of a name for the user; a longer one is refused, and it is only a hint. */
const MAX_USER_LENGTH = 64;

const SERVICE_TIERS: Readonly<Record<string, string>> = { auto: "auto", standard_only: "default" };

/** Thoughts count in this wire; the library for Claude adds them to what it is told. */
function readLimit(request: MessagesRequest, target: TranslationTarget): number | undefined {
  const limit = request.max_tokens ?? undefined;
  const budget = target.kind === "anthropic" ? (readBudget(request, target) ?? 0) : 0;
  return limit === undefined ? undefined : Math.max(1, limit - budget);
}

function readSettings(request: MessagesRequest, target: TranslationTarget) {
  const { kind, model } = target;
  const format = formatOf(request);
  const user = request.metadata?.user_id ?? undefined;
  const isTooLong = user !== undefined && user.length > MAX_USER_LENGTH && kind !== "anthropic";
  const budget = readBudget(request, target);
  const settings = toProviderOptions(kind, {
    parallelToolCalls: request.tool_choice?.disable_parallel_tool_use === true ? false : undefined,
    isStrictSchema: format === null ? undefined : isStrictSchema(format.schema),
    // OpenAI shows what its models think to verified organisations only, and refuses the question to others.
    showsReasoning: showsThoughts(request) && (kind === "google" || kind === "google-vertex") ? true : undefined,
    reasoningTokens: kind === "anthropic" ? undefined : budget,
    user: isTooLong ? undefined : user,
    serviceTier: SERVICE_TIERS[request.service_tier ?? ""],
  });
  if (kind === "anthropic")
    return { ...settings, anthropic: { ...settings.anthropic, ...readClaudeThinking(request) } };
  if (kind !== "amazon-bedrock" || budget === undefined || !/claude|anthropic/.test(model)) return settings;
  // Told only an effort, it would let the model think for many times the caller's limit.
  return { ...settings, amazonBedrock: { reasoningConfig: { budgetTokens: budget } } };
}
