import { type Body, propertiesOf, type Told, textOf } from "./told.ts";

export function readConverse(body: Body, path: string): Told {
  const messages: Body[] = body.messages;
  const blocks: Body[] = messages.flatMap(({ content }) => content);
  const { inferenceConfig: limits = {}, additionalModelRequestFields: more = {}, toolConfig = {} } = body;
  const tools: Body[] = (toolConfig.tools ?? []).flatMap(({ toolSpec }: Body) => (toolSpec ? [toolSpec] : []));
  const format = more.output_config?.format;
  return {
    model: decodeURIComponent(/\/model\/([^/]+)\//.exec(path)?.[1] ?? ""),
    system: textOf(body.system),
    turns: messages.map(({ content }) => textOf(content)).filter((text) => text !== ""),
    temperature: limits.temperature,
    maxTokens: limits.maxTokens,
    stop: limits.stopSequences ?? [],
    seed: undefined,
    tools: tools.map(({ name, description, inputSchema }) => ({
      name,
      description,
      properties: propertiesOf(inputSchema.json),
    })),
    toolChoice: toolConfig.toolChoice?.tool?.name ?? more.tool_choice?.name ?? null,
    isOneToolAtATime: more.tool_choice?.disable_parallel_tool_use === true,
    schema: format ? propertiesOf(format.schema) : null,
    attachments: blocks.flatMap(({ image, document }) => {
      const bytes = (image ?? document)?.source?.bytes;
      return bytes ? [bytes] : [];
    }),
    isReasoning: ["enabled", "adaptive"].includes(more.thinking?.type),
    user: undefined,
    hasOwnField: false,
    toolResults: blocks
      .filter(({ toolResult }) => toolResult)
      .map(({ toolResult }) => ({ answers: toolResult.toolUseId, text: textOf(toolResult.content) })),
    toolCalls: blocks
      .filter(({ toolUse }) => toolUse)
      .map(({ toolUse: { toolUseId, name, input } }) => ({ id: toolUseId, name, input })),
  };
}
