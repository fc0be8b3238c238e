import type { Feature, RequestNeed } from "../../contract/wire.ts";
import { type Note, readItemNeeds } from "./read-item-needs.ts";
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
  "truncation",
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

/** What the request asks of a target: each feature once, with the first field that asks for it. */
export function readNeeds(body: ResponsesBody): RequestNeed[] {
  const first = new Map<Feature, string>();
  const note: Note = (feature, param) => {
    if (!first.has(feature)) first.set(feature, param);
  };
  readTools(body, note);
  readFormat(body, note);
  readReasoning(body, note);
  readLogprobs(body, note);
  if (isSaid(body.truncation) && body.truncation !== "disabled") note("other", "truncation");
  readUnknown(body, READ_FIELDS, "", note);
  readItemNeeds(body.input, note);
  return [...first].map(([feature, param]) => ({ feature, param }));
}

const READ_TOOL_FIELDS: ReadonlySet<string> = new Set(["type", "name", "description", "parameters", "strict"]);

function readTools({ tools, tool_choice: choice, parallel_tool_calls: isParallel }: ResponsesBody, note: Note): void {
  if (!Array.isArray(tools) || tools.length === 0) return;
  for (const [index, tool] of (tools as Record<string, unknown>[]).entries()) {
    if (!isFunction(tool)) {
      note("other", `tools[${index}]`);
      continue;
    }
    note("tools", "tools");
    readUnknown(tool, READ_TOOL_FIELDS, `tools[${index}].`, note);
  }
  if (isParallel === false) note("parallel-tool-calls", "parallel_tool_calls");
  if (isSaid(choice) && choice !== "auto") note(isFunctionChoice(choice) ? "tool-choice" : "other", "tool_choice");
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

const READ_TEXT_FIELDS: ReadonlySet<string> = new Set(["format", "verbosity"]);

function readFormat({ text }: ResponsesBody, note: Note): void {
  if (!isSaid(text)) return;
  const { format, verbosity } = text as { format?: { type?: unknown } | null; verbosity?: unknown };
  const type = format?.type ?? "text";
  if (type === "json_schema" || type === "json_object") note("json", "text.format");
  else if (type !== "text") note("other", "text.format");
  if (isSaid(verbosity) && verbosity !== "medium") note("other", "text.verbosity");
  readUnknown(text, READ_TEXT_FIELDS, "text.", note);
}

const REASONING_FIELDS = ["effort", "summary", "generate_summary"] as const;
const READ_REASONING_FIELDS: ReadonlySet<string> = new Set([...REASONING_FIELDS, "context"]);

function readReasoning({ reasoning }: ResponsesBody, note: Note): void {
  if (!isSaid(reasoning)) return;
  for (const field of REASONING_FIELDS) if (isSaid(reasoning[field])) note("reasoning", `reasoning.${field}`);
  // What a model thought in all turns goes back to it anyway.
  const { context } = reasoning;
  if (isSaid(context) && context !== "auto" && context !== "all_turns") note("other", "reasoning.context");
  readUnknown(reasoning, READ_REASONING_FIELDS, "reasoning.", note);
}

function readLogprobs({ include, top_logprobs: top }: ResponsesBody, note: Note): void {
  if (isSaid(top) && top !== 0) note("logprobs", "top_logprobs");
  for (const [index, one] of (include ?? []).entries()) {
    if (one === "message.output_text.logprobs") note("logprobs", `include[${index}]`);
    // Thoughts come sealed from every model that seals them; the rest belongs to tools that a provider runs itself.
    else if (one !== "reasoning.encrypted_content") note("other", `include[${index}]`);
  }
}

/** Fields that only this wire's own providers know. One that says nothing asks for nothing. */
function readUnknown(
  value: Readonly<Record<string, unknown>>,
  known: ReadonlySet<string>,
  prefix: string,
  note: Note,
): void {
  for (const field in value) {
    if (!known.has(field) && isSaid(value[field]) && value[field] !== false) note("other", prefix + field);
  }
}

function isSaid<Value>(value: Value): value is NonNullable<Value> {
  return value !== undefined && value !== null;
}
