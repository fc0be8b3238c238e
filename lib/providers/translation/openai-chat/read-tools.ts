import type { LanguageModelV4FunctionTool, LanguageModelV4ToolChoice } from "@ai-sdk/provider";
import { TranslationError, type TranslationTarget } from "../codec.ts";
import { cacheOptions } from "../part-marks.ts";
import { withoutUndefined } from "../without-undefined.ts";
import type { ChatRequest, Tool } from "./schema.ts";

export function readTools(tools: readonly Tool[], { kind }: TranslationTarget): LanguageModelV4FunctionTool[] {
  return tools.map(({ type, function: tool, cache_control: cache }, index): LanguageModelV4FunctionTool => {
    const param = `tools[${index}]`;
    if (type !== "function") throw new TranslationError("unsupported", `a tool of type \`${type}\`.`, `${param}.type`);
    if (tool === undefined) throw new TranslationError("malformed", "The tool has no `function`.", param);
    if (tool.strict === true && kind === "cohere") {
      throw new TranslationError("unsupported", "its library leaves `strict` out.", `${param}.function.strict`);
    }
    return withoutUndefined({
      type: "function" as const,
      name: tool.name,
      description: tool.description,
      // A tool without parameters takes none.
      inputSchema: tool.parameters ?? { type: "object", properties: {} },
      // `false` is what it is without a word, and some libraries complain of the word.
      strict: tool.strict === true ? true : undefined,
      providerOptions: cache === undefined ? undefined : cacheOptions(kind, cache),
    }) as LanguageModelV4FunctionTool;
  });
}

export function readToolChoice(choice: NonNullable<ChatRequest["tool_choice"]>): LanguageModelV4ToolChoice {
  if (choice === "none" || choice === "auto" || choice === "required") return { type: choice };
  if (typeof choice === "object" && choice.type === "function" && choice.function !== undefined) {
    return { type: "tool", toolName: choice.function.name };
  }
  const said = typeof choice === "string" ? choice : choice.type;
  throw new TranslationError("unsupported", `there is no tool choice \`${said}\`.`, "tool_choice");
}
