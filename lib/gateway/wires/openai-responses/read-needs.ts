import type { RequestNeed } from "../../contract/wire.ts";
import { readItemNeeds } from "./read-item-needs.ts";
import type { ResponsesBody } from "./schema.ts";

/** Fields that every target takes, in whichever wire, or that are looked into below. */
const READ_FIELDS: ReadonlySet<string> = new Set([
  "model",
  "input",
  "instructions",
  "tools",
  "tool_choice",
  "parallel_tool_calls",
  "text",
  "reasoning",
  "include",
  "max_output_tokens",
  "temperature",
  "top_p",
  "top_logprobs",
  "stream",
  "background",
  // Hints: see read-hints.ts.
  "stream_options",
  "store",
  "metadata",
  "user",
  "safety_identifier",
  "prompt_cache_key",
  "prompt_cache_retention",
  "prompt_cache_options",
  "service_tier",
]);

/** Values that say what every target does anyway. */
const INERT: Readonly<Record<string, unknown>> = { truncation: "disabled" };

const READ_TOOL_FIELDS: ReadonlySet<string> = new Set(["type", "name", "description", "parameters", "strict"]);

/** What the request asks of a target, each with the field that asks for it. */
export function readNeeds(body: ResponsesBody): RequestNeed[] {
  return [
    ...readItemNeeds(body.input),
    ...readToolNeeds(body),
    ...readFormatNeeds(body),
    ...readReasoningNeeds(body),
    ...readLogprobNeeds(body),
    ...others(body, READ_FIELDS, ""),
  ];
}

function readToolNeeds({ tools, tool_choice: choice, parallel_tool_calls: isParallel }: ResponsesBody): RequestNeed[] {
  if (!Array.isArray(tools) || tools.length === 0) return [];
  const needs: RequestNeed[] = [];
  for (const [index, tool] of (tools as Record<string, unknown>[]).entries()) {
    if (tool.type === "function") needs.push(...others(tool, READ_TOOL_FIELDS, `tools[${index}].`));
    else needs.push({ feature: "other", param: `tools[${index}]` });
  }
  if (tools.some(isFunction)) needs.unshift({ feature: "tools", param: "tools" });
  if (isParallel === false) needs.push({ feature: "parallel-tool-calls", param: "parallel_tool_calls" });
  if (choice !== undefined && choice !== null && choice !== "auto") {
    needs.push({ feature: isFunctionChoice(choice) ? "tool-choice" : "other", param: "tool_choice" });
  }
  return needs;
}

function isFunction(tool: unknown): boolean {
  return (tool as { type?: unknown } | null)?.type === "function";
}

/** A choice among functions: one of them, some of them, or none. */
function isFunctionChoice(choice: unknown): boolean {
  if (choice === "none" || choice === "required") return true;
  const { tools, type } = choice as { type?: unknown; tools?: unknown };
  return type === "function" || (type === "allowed_tools" && Array.isArray(tools) && tools.every(isFunction));
}

function readFormatNeeds({ text }: ResponsesBody): RequestNeed[] {
  if (text === undefined || text === null) return [];
  const { format, verbosity, ...rest } = text as { format?: { type?: unknown } | null; verbosity?: unknown };
  const needs = others(rest, new Set(), "text.");
  if (format?.type === "json_schema" || format?.type === "json_object") {
    needs.push({ feature: "json", param: "text.format" });
  } else if (format?.type !== undefined && format.type !== "text") {
    needs.push({ feature: "other", param: "text.format" });
  }
  if (isSet(verbosity) && verbosity !== "medium") needs.push({ feature: "other", param: "text.verbosity" });
  return needs;
}

function readReasoningNeeds({ reasoning }: ResponsesBody): RequestNeed[] {
  if (reasoning === undefined || reasoning === null) return [];
  const { effort, summary, generate_summary: olderSummary, ...rest } = reasoning;
  const asked = { effort, summary, generate_summary: olderSummary };
  const first = Object.entries(asked).find(([, value]) => isSet(value));
  const needs = others(rest, new Set(), "reasoning.");
  if (first !== undefined) needs.unshift({ feature: "reasoning", param: `reasoning.${first[0]}` });
  return needs;
}

/** What to include belongs to tools that are asked for above, but for these two. */
const READ_INCLUDES: ReadonlySet<string> = new Set(["reasoning.encrypted_content", "message.output_text.logprobs"]);

function readLogprobNeeds({ include, top_logprobs: top }: ResponsesBody): RequestNeed[] {
  const needs: RequestNeed[] = [];
  if (isSet(top) && top !== 0) needs.push({ feature: "logprobs", param: "top_logprobs" });
  for (const [index, one] of (include ?? []).entries()) {
    if (one === "message.output_text.logprobs") needs.push({ feature: "logprobs", param: `include[${index}]` });
    else if (!READ_INCLUDES.has(one)) needs.push({ feature: "other", param: `include[${index}]` });
  }
  return needs;
}

/** Fields that only this wire's own providers know. One that says nothing asks for nothing. */
function others(value: Readonly<Record<string, unknown>>, known: ReadonlySet<string>, prefix: string): RequestNeed[] {
  return Object.entries(value)
    .filter(([name, one]) => !known.has(name) && isSet(one) && INERT[name] !== one)
    .map(([name]) => ({ feature: "other", param: `${prefix}${name}` }));
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false;
}
