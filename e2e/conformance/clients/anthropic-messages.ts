import Anthropic from "@anthropic-ai/sdk";
import type {
  ContentBlockParam,
  Message,
  MessageCreateParamsNonStreaming,
  MessageParam,
} from "@anthropic-ai/sdk/resources/messages";
import type { Answer, Client, ClientError, Gateway, Question } from "./client.ts";
import { listen } from "./listen.ts";

export const ANTHROPIC_MESSAGES: Client = {
  name: "@anthropic-ai/sdk · messages",
  wire: "anthropic-messages",
  lacks: { seed: "the Messages API has no seed" },
  readsReasoning: true,
  returnsReasoning: true,
  fields: {
    vision: /^messages\[\d+\]\.content\[1\]$/,
    files: /^messages\[\d+\]\.content\[1\]$/,
    stop: /^stop_sequences$/,
    seed: /never/,
    "one-tool-at-a-time": /^tool_choice\.disable_parallel_tool_use$/,
    reasoning: /^thinking$/,
    "own-field": /^context_management$/,
  },
  ask: (gateway, question) => send(gateway, question, openMessages(question)),
  readError: readAnthropicError,
};

export function anthropic({ apiKey, baseUrl }: Gateway, fetch: typeof globalThis.fetch): Anthropic {
  return new Anthropic({ apiKey, baseURL: baseUrl, maxRetries: 0, fetch });
}

function readAnthropicError(error: unknown): ClientError {
  if (!(error instanceof Anthropic.APIError)) throw error;
  const { status, message, headers } = error;
  const body = error.error as { error?: { code?: unknown; param?: unknown } } | undefined;
  return {
    className: error.constructor.name,
    status,
    message,
    code: body?.error?.code,
    param: body?.error?.param,
    header: (name) => (headers as Headers | undefined)?.get(name) ?? null,
  };
}

async function send(gateway: Gateway, question: Question, messages: MessageParam[]): Promise<Answer> {
  const { fetch, header } = listen();
  const client = anthropic(gateway, fetch);
  const body = { model: question.model, messages, ...settings(question) };
  const options = { signal: question.signal };
  let pieces = 0;
  let message: Message;
  if (question.isStream) {
    const stream = client.messages.stream(body, options);
    stream.on("text", (piece) => {
      pieces += 1;
      question.onText?.(piece);
    });
    message = await stream.finalMessage();
  } else {
    message = await client.messages.create(body, options);
  }
  const calls = message.content.filter((block) => block.type === "tool_use");
  const join = (texts: readonly string[]) => texts.join("");
  return {
    text: join(message.content.flatMap((block) => (block.type === "text" ? [block.text] : []))),
    reasoning: join(message.content.flatMap((block) => (block.type === "thinking" ? [block.thinking] : []))),
    toolCalls: calls.map(({ id, name, input }) => ({ id, name, input })),
    finish: FINISH[message.stop_reason ?? ""] ?? String(message.stop_reason),
    usage: { inputTokens: message.usage.input_tokens, outputTokens: message.usage.output_tokens },
    pieces,
    header,
    reply: (results) =>
      send(gateway, question, [
        ...messages,
        { role: "assistant", content: message.content as ContentBlockParam[] },
        {
          role: "user",
          content: calls.map(({ id }, at) => ({ type: "tool_result", tool_use_id: id, content: results[at] ?? "" })),
        },
      ]),
  };
}

const FINISH: Readonly<Record<string, string>> = {
  end_turn: "stop",
  stop_sequence: "stop",
  max_tokens: "length",
  tool_use: "tool-calls",
};

/** Has to be said in this wire, and be more than what is spent on thinking. */
const MAX_TOKENS = 4_096;
const THINKING_TOKENS = 2_048;

function settings(question: Question): Omit<MessageCreateParamsNonStreaming, "model" | "messages"> {
  const { system, tools, toolChoice, isOneToolAtATime, schema, stop, maxTokens, temperature, isReasoning } = question;
  const { user, isOwnField } = question;
  return {
    max_tokens: maxTokens ?? MAX_TOKENS,
    ...(system && { system }),
    ...(tools && {
      tools: tools.map(({ name, description, schema }) => ({ name, description, input_schema: { ...schema } })),
    }),
    ...(toolChoice && { tool_choice: { type: "tool", name: toolChoice } }),
    ...(isOneToolAtATime && { tool_choice: { type: "auto", disable_parallel_tool_use: true } }),
    ...(schema && { output_config: { format: { type: "json_schema", schema: { ...schema } } } }),
    ...(stop && { stop_sequences: [...stop] }),
    ...(temperature !== undefined && { temperature }),
    ...(isReasoning && { thinking: { type: "enabled", budget_tokens: THINKING_TOKENS } }),
    ...(user && { metadata: { user_id: user } }),
    ...(isOwnField && { context_management: { edits: [{ type: "clear_tool_uses_20250919" }] } }),
  };
}

function openMessages({ earlier = [], text, image, file }: Question): MessageParam[] {
  const content: ContentBlockParam[] = [{ type: "text", text }];
  if (image) {
    const source = { type: "base64" as const, media_type: image.mediaType as "image/png", data: image.base64 };
    content.push({ type: "image", source });
  }
  if (file) {
    const source = { type: "base64" as const, media_type: "application/pdf" as const, data: file.base64 };
    content.push({ type: "document", source, title: file.name });
  }
  return [
    ...earlier.flatMap(([user, assistant]) => [
      { role: "user" as const, content: user },
      { role: "assistant" as const, content: assistant },
    ]),
    { role: "user", content: content.length === 1 ? text : content },
  ];
}
