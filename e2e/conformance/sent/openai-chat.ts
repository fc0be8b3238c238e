import { type Body, base64Of, EFFORTS, propertiesOf, type Told, textOf } from "./told.ts";

export function readChat(body: Body): Told {
  const messages: Body[] = body.messages;
  const isInstruction = ({ role }: Body) => role === "system" || role === "developer";
  const parts: Body[] = messages.flatMap(({ content }) => (Array.isArray(content) ? content : []));
  return {
    model: body.model,
    system: messages
      .filter(isInstruction)
      .map(({ content }) => textOf(content))
      .join("\n"),
    turns: messages
      .filter(({ role, content }) => (role === "user" || role === "assistant") && textOf(content) !== "")
      .map(({ content }) => textOf(content)),
    temperature: body.temperature,
    maxTokens: body.max_tokens ?? body.max_completion_tokens,
    stop: [body.stop ?? []].flat(),
    seed: body.seed,
    tools: (body.tools ?? []).map(({ function: fn }: Body) => ({
      name: fn.name,
      description: fn.description,
      properties: propertiesOf(fn.parameters),
    })),
    toolChoice: body.tool_choice?.function?.name ?? null,
    isOneToolAtATime: body.parallel_tool_calls === false,
    schema: body.response_format ? propertiesOf(body.response_format.json_schema?.schema) : null,
    attachments: parts.flatMap(({ image_url: image, file }) =>
      image ? [base64Of(image.url)] : file ? [base64Of(file.file_data)] : [],
    ),
    isReasoning: EFFORTS.includes(body.reasoning_effort),
    user: body.user,
    hasOwnField: body.logprobs === true,
    toolResults: messages
      .filter(({ role }) => role === "tool")
      .map(({ tool_call_id, content }) => ({ answers: tool_call_id, text: textOf(content) })),
    toolCalls: messages
      .flatMap(({ tool_calls }) => tool_calls ?? [])
      .map(({ id, function: fn }: Body) => ({ id, name: fn.name, input: JSON.parse(fn.arguments) })),
  };
}
