import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import type { WireBody } from "#lib/gateway/contract/wire.ts";
import { ANY_OBJECT, toProviderOptions } from "../call-settings.ts";
import { TranslationError, type TranslationTarget } from "../codec.ts";
import { readPrompt } from "./read-prompt.ts";
import { readTools } from "./read-tools.ts";
import type { ResponsesRequest } from "./request.ts";

type ResponseFormat = LanguageModelV4CallOptions["responseFormat"];
type Reasoning = LanguageModelV4CallOptions["reasoning"];

/** A Responses request in the terms that every library model shares. */
export function toCallOptions(body: WireBody, target: TranslationTarget): LanguageModelV4CallOptions {
  const request = body as ResponsesRequest;
  return {
    prompt: readPrompt(request, target),
    maxOutputTokens: request.max_output_tokens ?? undefined,
    temperature: request.temperature ?? undefined,
    topP: request.top_p ?? undefined,
    responseFormat: readFormat(request),
    reasoning: readEffort(request),
    ...readTools(request),
    providerOptions: toProviderOptions(target.kind, {
      parallelToolCalls: request.parallel_tool_calls === false ? false : undefined,
      isAnyJson: request.text?.format?.type === "json_object" ? true : undefined,
      isStrictSchema: typeof request.text?.format?.strict === "boolean" ? request.text.format.strict : undefined,
      showsReasoning: hasSummary(request) ? true : undefined,
      user: textOf(request.safety_identifier) ?? textOf(request.user),
      metadata: readMetadata(request),
      serviceTier: textOf(request.service_tier),
      store: request.store ?? undefined,
    }),
  };
}

function readFormat({ text }: ResponsesRequest): ResponseFormat {
  const format = text?.format;
  if (format?.type === "json_object") return { type: "json", schema: ANY_OBJECT };
  if (format?.type !== "json_schema") return undefined;
  return { type: "json", schema: format.schema, name: textOf(format.name), description: textOf(format.description) };
}

const EFFORTS: ReadonlySet<string> = new Set(["none", "minimal", "low", "medium", "high", "xhigh", "max"]);

function readEffort({ reasoning }: ResponsesRequest): Reasoning {
  const effort = reasoning?.effort;
  if (effort === undefined || effort === null) return undefined;
  if (EFFORTS.has(effort)) return effort as Reasoning;
  throw new TranslationError("unsupported", `an effort of "${effort}" has no name there.`, "reasoning.effort");
}

function hasSummary({ reasoning }: ResponsesRequest): boolean {
  return textOf(reasoning?.summary) !== undefined || textOf(reasoning?.generate_summary) !== undefined;
}

function readMetadata({ metadata }: ResponsesRequest): Record<string, string> | undefined {
  if (metadata === undefined || metadata === null) return undefined;
  return Object.values(metadata).every((value) => typeof value === "string")
    ? (metadata as Record<string, string>)
    : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
