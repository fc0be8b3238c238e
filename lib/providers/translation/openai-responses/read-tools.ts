import type { LanguageModelV4CallOptions, LanguageModelV4FunctionTool } from "@ai-sdk/provider";
import { TranslationError } from "../codec.ts";
import type { ResponsesRequest, Tool, ToolChoice } from "./request.ts";

type Tools = Pick<LanguageModelV4CallOptions, "tools" | "toolChoice">;

/** The functions that the model may call, and how freely. */
export function readTools({ tools, tool_choice: choice }: ResponsesRequest): Tools {
  if (tools === undefined || tools === null || tools.length === 0) return {};
  const functions = tools.map(readTool);
  if (choice === undefined || choice === null) return { tools: functions };
  if (choice === "auto" || choice === "none" || choice === "required") {
    return { tools: functions, toolChoice: { type: choice } };
  }
  if (typeof choice === "object" && choice.type === "function" && typeof choice.name === "string") {
    return { tools: functions, toolChoice: { type: "tool", toolName: choice.name } };
  }
  if (typeof choice === "object" && choice.type === "allowed_tools") return choose(functions, choice);
  throw new TranslationError("unsupported", "this choice of tool has no name there.", "tool_choice");
}

function readTool({ type, name, description, parameters, strict }: Tool, index: number): LanguageModelV4FunctionTool {
  if (type !== "function") {
    throw new TranslationError("unsupported", `tools of type "${type}" are not known there.`, `tools[${index}]`);
  }
  return {
    type,
    name,
    description: typeof description === "string" ? description : undefined,
    inputSchema: parameters ?? { type: "object", properties: {} },
    strict: typeof strict === "boolean" ? strict : undefined,
  };
}

/** Only some may be called: the others are not told of. */
function choose(functions: LanguageModelV4FunctionTool[], { tools, mode }: ToolChoice): Tools {
  const names = new Set((Array.isArray(tools) ? tools : []).map((tool) => (tool as { name?: unknown } | null)?.name));
  const allowed = functions.filter(({ name }) => names.has(name));
  if (allowed.length === 0) {
    throw new TranslationError(
      "malformed",
      "`tool_choice` allows none of the functions in `tools`.",
      "tool_choice.tools",
    );
  }
  return { tools: allowed, toolChoice: { type: mode === "required" ? "required" : "auto" } };
}
