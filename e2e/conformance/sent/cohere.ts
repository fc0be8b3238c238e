import { readChat } from "./openai-chat.ts";
import { type Body, base64Of, propertiesOf, type Told } from "./told.ts";

/** Near to OpenAI's chat, with some names of its own. */
export function readCohere(body: Body): Told {
  const parts: Body[] = body.messages.flatMap(({ content }: Body) => (Array.isArray(content) ? content : []));
  const tools: Body[] = body.tools ?? [];
  return {
    ...readChat({ ...body, response_format: undefined }),
    stop: body.stop_sequences ?? [],
    // It takes no name: only that tool is sent, and that one has to be called.
    toolChoice: body.tool_choice === "REQUIRED" && tools.length === 1 ? tools[0].function.name : null,
    schema: body.response_format ? propertiesOf(body.response_format.json_schema) : null,
    attachments: parts.flatMap(({ image_url: image }) => (image ? [base64Of(image.url)] : [])),
    isReasoning: body.thinking?.type === "enabled",
  };
}
