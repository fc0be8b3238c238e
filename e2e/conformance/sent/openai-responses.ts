import { type Body, base64Of, EFFORTS, propertiesOf, type Told, textOf } from "./told.ts";

export function readResponses(body: Body): Told {
  const items: Body[] = typeof body.input === "string" ? [{ role: "user", content: body.input }] : body.input;
  const isInstruction = ({ role }: Body) => role === "system" || role === "developer";
  const parts: Body[] = items.flatMap(({ content }) => (Array.isArray(content) ? content : []));
  return {
    model: body.model,
    system: [body.instructions ?? "", ...items.filter(isInstruction).map(({ content }) => textOf(content))].join(""),
    turns: items
      .filter(({ role, content }) => (role === "user" || role === "assistant") && textOf(content) !== "")
      .map(({ content }) => textOf(content)),
    temperature: body.temperature,
    maxTokens: body.max_output_tokens,
    stop: [],
    seed: undefined,
    tools: (body.tools ?? []).map(({ name, description, parameters }: Body) => ({
      name,
      description,
      properties: propertiesOf(parameters),
    })),
    toolChoice: body.tool_choice?.name ?? null,
    isOneToolAtATime: body.parallel_tool_calls === false,
    schema: body.text?.format ? propertiesOf(body.text.format.schema) : null,
    attachments: parts.flatMap(({ image_url: image, file_data: file }) =>
      (image ?? file) ? [base64Of(image ?? file)] : [],
    ),
    isReasoning: EFFORTS.includes(body.reasoning?.effort),
    user: body.user,
    hasOwnField: body.truncation === "auto",
    toolResults: items
      .filter(({ type }) => type === "function_call_output")
      .map(({ call_id, output }) => ({ answers: call_id, text: textOf(output) })),
    toolCalls: items
      .filter(({ type }) => type === "function_call")
      .map((call) => ({ id: call.call_id, name: call.name, input: JSON.parse(call.arguments) })),
  };
}
