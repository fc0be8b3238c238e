import type { JSONObject, LanguageModelV4CallOptions } from "@ai-sdk/provider";
import { TranslationError, type TranslationTarget } from "../codec.ts";
import type { MessagesRequest } from "./request.ts";

type Reasoning = NonNullable<LanguageModelV4CallOptions["reasoning"]>;

/** What Anthropic's models do that are told no effort. */
const DEFAULT_EFFORT = "high";

/** An effort is said on each provider's own scale: where that ends below Anthropic's, its top is meant. */
const EFFORTS: Readonly<Record<string, Reasoning>> = {
  low: "low",
  medium: "medium",
  high: "high",
  xhigh: "high",
  max: "high",
};

/** Up to how many tokens of thinking are which effort, for models that are told one and not the other. */
const EFFORT_BY_BUDGET = [
  [2_048, "low"],
  [8_192, "medium"],
] as const;

/** The most that every Gemini takes that thinks. */
const MAX_SHARED_BUDGET = 24_576;

/**
 * How hard the model is to think. Undefined: as it does without a word. Thinking that is turned off means no more than
 * that: a model that always thinks would refuse to be told not to, and its thoughts are not shown. Claude is told in
 * its own words.
 */
export function readReasoning(request: MessagesRequest, { kind }: TranslationTarget): Reasoning | undefined {
  if (kind === "anthropic") return undefined;
  const effort = request.output_config?.effort ?? effortOf(request.thinking);
  if (effort === null) return undefined;
  const known = Object.hasOwn(EFFORTS, effort) ? EFFORTS[effort] : undefined;
  if (known === undefined) {
    throw new TranslationError("unsupported", `there is no effort \`${effort}\`.`, "output_config.effort");
  }
  return known;
}

function effortOf(thinking: MessagesRequest["thinking"]): string | null {
  if (thinking === undefined || thinking === null || thinking.type === "disabled") return null;
  if (thinking.type === "adaptive") return DEFAULT_EFFORT;
  if (thinking.type !== "enabled") {
    throw new TranslationError("unsupported", `there is no thinking \`${thinking.type}\`.`, "thinking.type");
  }
  const budget = thinking.budget_tokens ?? Number.POSITIVE_INFINITY;
  return EFFORT_BY_BUDGET.find(([tokens]) => budget <= tokens)?.[1] ?? "high";
}

/** At most so many tokens of thinking, for models that can be told. */
export function readBudget({ thinking }: MessagesRequest, { kind }: TranslationTarget): number | undefined {
  const budget = thinking?.type === "enabled" ? (thinking.budget_tokens ?? undefined) : undefined;
  return budget === undefined || kind === "anthropic" || budget <= MAX_SHARED_BUDGET ? budget : undefined;
}

/** Thinking and effort as the caller said them, by the library's names. */
export function readClaudeThinking({ thinking, output_config: output }: MessagesRequest): JSONObject {
  const { type, budget_tokens: budgetTokens, display } = thinking ?? {};
  const effort = output?.effort ?? null;
  const said = { type, ...(isSaid(budgetTokens) && { budgetTokens }), ...(isSaid(display) && { display }) };
  return { ...(type !== undefined && { thinking: said as JSONObject }), ...(effort !== null && { effort }) };
}

function isSaid<Value>(value: Value): value is NonNullable<Value> {
  return value !== undefined && value !== null;
}
