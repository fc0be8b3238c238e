import type {
  ChatCompletion,
  ChatCompletionContentPart,
  ChatCompletionCreateParamsNonStreaming,
  ChatCompletionMessageParam,
} from "openai/resources/chat/completions";
import type { Answer, Client, Gateway, Question } from "./client.ts";
import { listen } from "./listen.ts";
import { openAi, readOpenAiError } from "./openai.ts";

export const OPENAI_CHAT: Client = {
  name: "openai · chat",
  wire: "openai-chat",
  lacks: {},
  readsReasoning: true,
  returnsReasoning: true,
  fields: {
    vision: /^messages\[\d+\]\.content\[1\]$/,
    files: /^messages\[\d+\]\.content\[1\]$/,
    stop: /^stop$/,
    seed: /^seed$/,
    "one-tool-at-a-time": /^parallel_tool_calls$/,
    reasoning: /^reasoning_effort$/,
    "own-field": /^logprobs$/,
  },
  ask: (gateway, question) => send(gateway, question, openMessages(question)),
  readError: readOpenAiError,
};

async function send(gateway: Gateway, question: Question, messages: ChatCompletionMessageParam[]): Promise<Answer> {
  const { fetch, header } = listen();
  const client = openAi(gateway, fetch);
  const body = { model: question.model, messages, ...settings(question) };
  const options = { signal: question.signal };
  let pieces = 0;
  let reasoning = "";
  let completion: ChatCompletion;
  if (question.isStream) {
    const stream = client.chat.completions.stream({ ...body, stream_options: { include_usage: true } }, options);
    stream.on("content", (piece) => {
      pieces += 1;
      question.onText?.(piece);
    });
    stream.on("chunk", ({ choices }) => {
      reasoning += reasoningOf(choices[0]?.delta);
    });
    completion = await stream.finalChatCompletion();
  } else {
    completion = await client.chat.completions.create(body, options);
    reasoning = reasoningOf(completion.choices[0]?.message);
  }
  const [choice] = completion.choices;
  if (choice === undefined) throw new Error("The completion has no choice.");
  const calls = (choice.message.tool_calls ?? []).filter((call) => call.type === "function");
  return {
    text: choice.message.content ?? "",
    reasoning,
    toolCalls: calls.map(({ id, function: fn }) => ({ id, name: fn.name, input: JSON.parse(fn.arguments) })),
    finish: FINISH[choice.finish_reason] ?? choice.finish_reason,
    usage: {
      inputTokens: completion.usage?.prompt_tokens ?? Number.NaN,
      outputTokens: completion.usage?.completion_tokens ?? Number.NaN,
    },
    pieces,
    header,
    reply: (results) =>
      send(gateway, question, [
        ...messages,
        choice.message,
        ...calls.map(({ id }, at) => ({ role: "tool" as const, tool_call_id: id, content: results[at] ?? "" })),
      ]),
  };
}

const FINISH: Readonly<Record<string, string>> = { tool_calls: "tool-calls" };

/** Not a field of OpenAI's own, but of most who speak its wire. */
function reasoningOf(message: unknown): string {
  const { reasoning_content: text } = (message ?? {}) as { reasoning_content?: string | null };
  return text ?? "";
}

function settings(question: Question): Omit<ChatCompletionCreateParamsNonStreaming, "model" | "messages" | "stream"> {
  const { tools, toolChoice, isOneToolAtATime, schema, stop, seed, maxTokens, temperature, isReasoning } = question;
  const { user, isOwnField } = question;
  return {
    ...(tools && {
      tools: tools.map(({ name, description, schema }) => ({
        type: "function",
        function: { name, description, parameters: { ...schema } },
      })),
    }),
    ...(toolChoice && { tool_choice: { type: "function", function: { name: toolChoice } } }),
    ...(isOneToolAtATime && { parallel_tool_calls: false }),
    ...(schema && {
      response_format: { type: "json_schema", json_schema: { name: "place", schema: { ...schema }, strict: true } },
    }),
    ...(stop && { stop: [...stop] }),
    ...(seed !== undefined && { seed }),
    ...(maxTokens && { max_tokens: maxTokens }),
    ...(temperature !== undefined && { temperature }),
    ...(isReasoning && { reasoning_effort: "medium" }),
    ...(user && { user }),
    ...(isOwnField && { logprobs: true }),
  };
}

function openMessages({ system, earlier = [], text, image, file }: Question): ChatCompletionMessageParam[] {
  const content: ChatCompletionContentPart[] = [{ type: "text", text }];
  if (image) {
    content.push({ type: "image_url", image_url: { url: `data:${image.mediaType};base64,${image.base64}` } });
  }
  if (file) {
    const data = `data:${file.mediaType};base64,${file.base64}`;
    content.push({ type: "file", file: { filename: file.name, file_data: data } });
  }
  return [
    ...(system ? [{ role: "system" as const, content: system }] : []),
    ...earlier.flatMap(([user, assistant]) => [
      { role: "user" as const, content: user },
      { role: "assistant" as const, content: assistant },
    ]),
    { role: "user", content: content.length === 1 ? text : content },
  ];
}
