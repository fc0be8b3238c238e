import type { Feature, RequestNeed } from "../../contract/wire.ts";
import type { ChatBody, ChatMessage } from "./schema.ts";

/** Fields that ask a target for one thing each, when they say anything at all. */
const FEATURE_FIELDS: ReadonlyMap<string, Feature> = new Map([
  ["stop", "stop"],
  ["seed", "seed"],
  ["presence_penalty", "penalties"],
  ["frequency_penalty", "penalties"],
  ["logit_bias", "logit-bias"],
  ["logprobs", "logprobs"],
  ["top_logprobs", "logprobs"],
  ["top_k", "top-k"],
  ["reasoning_effort", "reasoning"],
  ["reasoning", "reasoning"],
  ["audio", "audio"],
]);

/** Fields that every target takes, in whichever wire, or that are looked into below. */
const READ_FIELDS: ReadonlySet<string> = new Set([
  "model",
  "messages",
  "stream",
  "tools",
  "tool_choice",
  "parallel_tool_calls",
  "response_format",
  "max_tokens",
  "max_completion_tokens",
  "temperature",
  "top_p",
  "n",
  "modalities",
  // Hints: see read-hints.ts.
  "stream_options",
  "user",
  "safety_identifier",
  "metadata",
  "store",
  "service_tier",
  "prompt_cache_key",
  "prompt_cache_retention",
]);

/** What the request asks of a target, each with the field that asks for it. */
export function readNeeds(body: ChatBody): RequestNeed[] {
  const needs: RequestNeed[] = [];
  for (const [name, value] of Object.entries(body)) {
    // Zero turns everything else off, but is a seed like any other.
    if (READ_FIELDS.has(name) || !(isSet(value) || (name === "seed" && value === 0))) continue;
    needs.push({ feature: FEATURE_FIELDS.get(name) ?? "other", param: name });
  }
  if (typeof body.n === "number" && body.n > 1) needs.push({ feature: "n", param: "n" });
  addToolNeeds(body, needs);
  addFormatNeeds(body, needs);
  if (Array.isArray(body.modalities) && body.modalities.some((one) => one !== "text")) {
    needs.push({ feature: body.modalities.includes("audio") ? "audio" : "other", param: "modalities" });
  }
  for (const [index, message] of body.messages.entries()) addPartNeeds(message, index, needs);
  return needs;
}

function addToolNeeds(body: ChatBody, needs: RequestNeed[]): void {
  const { tools, tool_choice: choice } = body;
  if (!Array.isArray(tools) || tools.length === 0) return;
  needs.push({ feature: "tools", param: "tools" });
  // Tools that the provider itself runs, and grammars: known to their own wire alone.
  const strange = tools.findIndex(({ type }) => type !== "function");
  if (strange >= 0) needs.push({ feature: "other", param: `tools[${strange}]` });
  if (isSet(choice) && choice !== "auto") needs.push({ feature: "tool-choice", param: "tool_choice" });
  if (body.parallel_tool_calls === false) needs.push({ feature: "parallel-tool-calls", param: "parallel_tool_calls" });
}

function addFormatNeeds({ response_format: format }: ChatBody, needs: RequestNeed[]): void {
  if (format === undefined || format === null || format.type === "text") return;
  const isJson = format.type === "json_object" || format.type === "json_schema";
  needs.push({ feature: isJson ? "json" : "other", param: "response_format" });
}

const PART_FEATURES: Readonly<Record<string, Feature | null>> = {
  text: null,
  refusal: null,
  image_url: "vision",
  file: "files",
  input_audio: "audio",
};

function addPartNeeds({ content }: ChatMessage, index: number, needs: RequestNeed[]): void {
  if (!Array.isArray(content)) return;
  const seen = new Set<Feature>();
  for (const [at, part] of content.entries()) {
    const type = (part as { type?: unknown } | null)?.type;
    const known = typeof type === "string" && Object.hasOwn(PART_FEATURES, type);
    const feature = known ? PART_FEATURES[type] : "other";
    if (feature === null || feature === undefined || seen.has(feature)) continue;
    seen.add(feature);
    needs.push({ feature, param: `messages[${index}].content[${at}]` });
  }
}

function isSet(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === 0) return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}
