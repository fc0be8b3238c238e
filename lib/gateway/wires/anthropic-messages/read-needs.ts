import type { Feature, RequestNeed } from "../../contract/wire.ts";
import { readBlockNeeds } from "./read-block-needs.ts";
import { isCustomTool, type MessagesBody } from "./schema.ts";
import { isSaid, type Note, unknownFields } from "./unknown-fields.ts";

/** Fields that every target takes, in whichever wire, or that are looked into below or in read-hints.ts. */
const READ_FIELDS: ReadonlySet<string> = new Set([
  "model",
  "messages",
  "max_tokens",
  "system",
  "stream",
  "temperature",
  "top_p",
  "top_k",
  "stop_sequences",
  "tools",
  "tool_choice",
  "thinking",
  "output_config",
  "output_format",
  "metadata",
  "service_tier",
  "speed",
  "cache_control",
]);

const READ_TOOL_FIELDS: ReadonlySet<string> = new Set([
  "type",
  "name",
  "description",
  "input_schema",
  "strict",
  "cache_control",
  "eager_input_streaming",
]);

/** What the request asks of a target: each feature once, with the first field that asks for it. */
export function readNeeds(body: MessagesBody): RequestNeed[] {
  const first = new Map<Feature, string>();
  const note: Note = (feature, param) => {
    if (!first.has(feature)) first.set(feature, param);
  };
  readTools(body, note);
  readThinking(body, note);
  readFormat(body, note);
  if (isSaid(body.stop_sequences) && body.stop_sequences.length > 0) note("stop", "stop_sequences");
  if (isSaid(body.top_k)) note("top-k", "top_k");
  readBlockNeeds(body, note);
  unknownFields(body, READ_FIELDS, "", note);
  return [...first].map(([feature, param]) => ({ feature, param }));
}

function readTools({ tools, tool_choice: choice }: MessagesBody, note: Note): void {
  for (const [index, tool] of (tools ?? []).entries()) {
    if (!isCustomTool(tool)) {
      note("other", `tools[${index}]`);
      continue;
    }
    note("tools", "tools");
    // To be called by the model itself is what every tool is for.
    const { allowed_callers: callers, ...rest } = tool;
    if (Array.isArray(callers) && callers.some((caller) => caller !== "direct")) {
      note("other", `tools[${index}].allowed_callers`);
    }
    unknownFields(rest, READ_TOOL_FIELDS, `tools[${index}].`, note);
  }
  if (!isSaid(choice)) return;
  if (choice.type === "any" || choice.type === "tool" || choice.type === "none") note("tool-choice", "tool_choice");
  else if (choice.type !== "auto") note("other", "tool_choice");
  if (choice.disable_parallel_tool_use === true) note("parallel-tool-calls", "tool_choice.disable_parallel_tool_use");
}

const KNOWN_EFFORTS: ReadonlySet<string> = new Set(["low", "medium", "high", "xhigh", "max"]);

const READ_THINKING: ReadonlySet<string> = new Set(["type", "budget_tokens", "display"]);

function readThinking({ thinking, output_config: output }: MessagesBody, note: Note): void {
  const effort = output?.effort;
  if (isSaid(effort)) note(KNOWN_EFFORTS.has(effort) ? "reasoning" : "other", "output_config.effort");
  if (!isSaid(thinking) || thinking.type === "disabled") return;
  if (thinking.type === "enabled" || thinking.type === "adaptive") note("reasoning", "thinking");
  else note("other", "thinking");
  unknownFields(thinking, READ_THINKING, "thinking.", note);
}

const READ_OUTPUT: ReadonlySet<string> = new Set(["format", "effort"]);

function readFormat({ output_config: output, output_format: older }: MessagesBody, note: Note): void {
  for (const [format, param] of [
    [output?.format, "output_config.format"],
    [older, "output_format"],
  ] as const) {
    if (isSaid(format)) note(format.type === "json_schema" ? "json" : "other", param);
  }
  if (isSaid(output)) unknownFields(output, READ_OUTPUT, "output_config.", note);
}
