import { type Body, propertiesOf, type Told, textOf } from "./told.ts";

export function readMessages(body: Body): Told {
  const messages: Body[] = body.messages;
  const blocks: Body[] = messages.flatMap(({ content }) => (Array.isArray(content) ? content : []));
  const { type: choice, name: chosen, disable_parallel_tool_use: isOneAtATime } = body.tool_choice ?? {};
  const format = body.output_config?.format ?? body.output_format;
  return {
    model: body.model,
    system: textOf(body.system),
    turns: messages.map(({ content }) => textOf(content)).filter((text) => text !== ""),
    temperature: body.temperature,
    maxTokens: body.max_tokens,
    stop: body.stop_sequences ?? [],
    seed: undefined,
    tools: (body.tools ?? []).map(({ name, description, input_schema }: Body) => ({
      name,
      description,
      properties: propertiesOf(input_schema),
    })),
    toolChoice: choice === "tool" ? chosen : null,
    isOneToolAtATime: isOneAtATime === true,
    schema: format ? propertiesOf(format.schema) : null,
    attachments: blocks.flatMap(({ source }) => (source?.data ? [source.data] : [])),
    isReasoning: ["enabled", "adaptive"].includes(body.thinking?.type),
    user: body.metadata?.user_id,
    hasOwnField: body.context_management?.edits?.[0]?.type === "clear_tool_uses_20250919",
    toolResults: blocks
      .filter(({ type }) => type === "tool_result")
      .map(({ tool_use_id, content }) => ({ answers: tool_use_id, text: textOf(content) })),
    toolCalls: blocks.filter(({ type }) => type === "tool_use").map(({ id, name, input }) => ({ id, name, input })),
  };
}
