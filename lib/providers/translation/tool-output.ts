import type { LanguageModelV4ToolResultOutput } from "@ai-sdk/provider";

/** What a tool gave back. JSON stays the text that it was: read and written again, its numbers could change. */
export function toolOutput(text: string, isError = false): LanguageModelV4ToolResultOutput {
  return { type: isError ? "error-text" : "text", value: text };
}
