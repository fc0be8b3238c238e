import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import { z } from "zod";
import type { WireBody } from "#lib/gateway/contract/wire.ts";
import { ANY_OBJECT, toProviderOptions } from "../call-settings.ts";
import { TranslationError, type TranslationTarget } from "../codec.ts";
import { withoutUndefined } from "../without-undefined.ts";
import { readMessages } from "./read-messages.ts";
import { readToolChoice, readTools } from "./read-tools.ts";
import { type ChatRequest, requestSchema } from "./schema.ts";

/** A chat request in the libraries' terms. Throws `TranslationError` for what they cannot say. */
export function readRequest(body: WireBody, target: TranslationTarget): LanguageModelV4CallOptions {
  const request = parse(body);
  refuseUncarried(request);
  const { tools, stop } = request;
  return withoutUndefined({
    prompt: readMessages(request.messages, target),
    tools: tools === undefined || tools.length === 0 ? undefined : readTools(tools, target),
    toolChoice: request.tool_choice === undefined ? undefined : readToolChoice(request.tool_choice),
    responseFormat: readFormat(request, target),
    reasoning: readEffort(request),
    stopSequences: stop === undefined || stop.length === 0 ? undefined : [stop].flat(),
    seed: request.seed,
    temperature: request.temperature,
    topP: request.top_p,
    // Zero asks for nothing here, and some would complain of it.
    topK: request.top_k || undefined,
    presencePenalty: request.presence_penalty || undefined,
    frequencyPenalty: request.frequency_penalty || undefined,
    maxOutputTokens: request.max_completion_tokens ?? request.max_tokens,
    providerOptions: readSettings(request, target),
  });
}

function parse(body: WireBody): ChatRequest {
  const parsed = requestSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const param = issue === undefined ? null : z.core.toDotPath(issue.path);
  throw new TranslationError("malformed", `\`${param}\`: ${issue?.message}.`, param);
}

/** The plan passes over targets that need a translation for these: a request that comes all the same is not cut short. */
function refuseUncarried(request: ChatRequest): void {
  const isAsked: Record<string, boolean> = {
    n: (request.n ?? 1) !== 1,
    logprobs: request.logprobs === true,
    logit_bias: isFilled(request.logit_bias),
    functions: isFilled(request.functions),
    audio: isFilled(request.audio),
    prediction: isFilled(request.prediction),
    web_search_options: request.web_search_options != null,
  };
  const param = Object.keys(isAsked).find((field) => isAsked[field]);
  if (param !== undefined)
    throw new TranslationError("unsupported", `\`${param}\` is known to OpenAI's wire alone.`, param);
}

function isFilled(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}

type Effort = LanguageModelV4CallOptions["reasoning"];

function readEffort({ reasoning_effort: effort, reasoning }: ChatRequest): Effort {
  if (effort !== undefined || reasoning === undefined) return effort;
  if (reasoning.enabled === false) return "none";
  const isAsked = reasoning.max_tokens !== undefined || reasoning.enabled === true;
  return reasoning.effort ?? (isAsked ? "medium" : undefined);
}

type Format = LanguageModelV4CallOptions["responseFormat"];

function readFormat({ response_format: format }: ChatRequest, { kind }: TranslationTarget): Format {
  if (format === undefined || format.type === "text") return undefined;
  if (format.type === "json_object") {
    return NEEDS_SCHEMA.has(kind) ? { type: "json", schema: ANY_OBJECT } : { type: "json" };
  }
  if (format.type !== "json_schema") {
    throw new TranslationError("unsupported", `there is no format \`${format.type}\`.`, "response_format.type");
  }
  const { name, description, schema = ANY_OBJECT } = format.json_schema ?? {};
  return withoutUndefined({ type: "json" as const, name, description, schema: schema as typeof ANY_OBJECT });
}

/** Without a schema these do not hear that JSON is wanted. */
const NEEDS_SCHEMA: ReadonlySet<TranslationTarget["kind"]> = new Set(["anthropic", "amazon-bedrock"]);

function readSettings(
  request: ChatRequest,
  { kind }: TranslationTarget,
): LanguageModelV4CallOptions["providerOptions"] {
  const { response_format: format } = request;
  const effort = readEffort(request);
  // OpenAI shows what its models think to verified organisations only, and refuses the question to others.
  const canAsk = kind === "google" || kind === "google-vertex";
  return toProviderOptions(kind, {
    parallelToolCalls: request.parallel_tool_calls === false ? false : undefined,
    isAnyJson: format?.type === "json_object" || (format?.type === "json_schema" && !format.json_schema?.schema),
    isStrictSchema: format?.type === "json_schema" ? format.json_schema?.strict === true : undefined,
    showsReasoning: canAsk && effort !== undefined && effort !== "none",
    reasoningTokens: request.reasoning?.max_tokens,
    user: request.user ?? request.safety_identifier,
    metadata: request.metadata,
    serviceTier: request.service_tier,
    store: request.store,
  });
}
