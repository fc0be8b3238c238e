import { createAnthropic } from "@ai-sdk/anthropic";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import {
  APICallError,
  generateText,
  jsonSchema,
  type LanguageModel,
  type ModelMessage,
  Output,
  streamText,
  type ToolSet,
  tool,
  type UserContent,
} from "ai";
import { ANTHROPIC_MESSAGES } from "./anthropic-messages.ts";
import type { Answer, Client, ClientError, Gateway, Question } from "./client.ts";
import { listen } from "./listen.ts";
import { OPENAI_CHAT } from "./openai-chat.ts";
import { OPENAI_RESPONSES } from "./openai-responses.ts";

type Fetch = typeof globalThis.fetch;
type ProviderOptions = NonNullable<Parameters<typeof generateText>[0]["providerOptions"]>;

/** One of the package's providers, pointed at the gateway. */
interface Door {
  name: string;
  alsoNeeds?: Client["alsoNeeds"];
  readsReasoning?: false;
  returnsReasoning?: false;
  /** The client of the same wire, whose words a refusal is in. */
  like: Client;
  model(gateway: Gateway, fetch: Fetch, id: string): LanguageModel;
  options(question: Question): ProviderOptions;
}

/** It does not know our names of models: it has to be told that one reasons. */
function openAiOptions({ isOneToolAtATime, isReasoning, user }: Question, more: object): ProviderOptions {
  return {
    openai: {
      ...(isOneToolAtATime && { parallelToolCalls: false }),
      ...(isReasoning && { forceReasoning: true, reasoningEffort: "medium" }),
      ...(user && { user }),
      ...more,
    },
  };
}

const settingsOf = ({ apiKey, baseUrl }: Gateway, fetch: Fetch) => ({ apiKey, baseURL: `${baseUrl}/v1`, fetch });

const DOORS: readonly Door[] = [
  {
    name: "ai + @ai-sdk/openai · chat",
    readsReasoning: false,
    returnsReasoning: false,
    like: OPENAI_CHAT,
    model: (gateway, fetch, id) => createOpenAI(settingsOf(gateway, fetch)).chat(id),
    options: (question) => openAiOptions(question, { ...(question.isOwnField && { logprobs: true }) }),
  },
  {
    name: "ai + @ai-sdk/openai · responses",
    like: OPENAI_RESPONSES,
    model: (gateway, fetch, id) => createOpenAI(settingsOf(gateway, fetch)).responses(id),
    options: (question) =>
      openAiOptions(question, {
        // Else it refers to what was said before by names that only OpenAI itself keeps.
        store: false,
        ...(question.isReasoning && { reasoningSummary: "auto" }),
        ...(question.isOwnField && { truncation: "auto" }),
      }),
  },
  {
    name: "ai + @ai-sdk/anthropic · messages",
    // By a tool that is to be called alone.
    alsoNeeds: { json: "one-tool-at-a-time" },
    like: ANTHROPIC_MESSAGES,
    model: (gateway, fetch, id) => createAnthropic(settingsOf(gateway, fetch))(id),
    options: ({ isOneToolAtATime, isReasoning, user, isOwnField }) => ({
      anthropic: {
        ...(isOneToolAtATime && { disableParallelToolUse: true }),
        ...(isReasoning && { thinking: { type: "enabled", budgetTokens: 2_048 } }),
        ...(user && { metadata: { userId: user } }),
        ...(isOwnField && { contextManagement: { edits: [{ type: "clear_tool_uses_20250919" }] } }),
      },
    }),
  },
  {
    name: "ai + @ai-sdk/openai-compatible · chat",
    // It does return the text, but not the seal without which its maker does not know it again.
    returnsReasoning: false,
    like: OPENAI_CHAT,
    model: (gateway, fetch, id) =>
      createOpenAICompatible({
        ...settingsOf(gateway, fetch),
        name: "switchyard",
        includeUsage: true,
        supportsStructuredOutputs: true,
      })(id),
    options: ({ isOneToolAtATime, isReasoning, user, isOwnField }) => ({
      switchyard: {
        ...(isOneToolAtATime && { parallel_tool_calls: false }),
        ...(isReasoning && { reasoningEffort: "medium" }),
        ...(user && { user }),
        ...(isOwnField && { logprobs: true }),
      },
    }),
  },
];

/** The `ai` package through each of its providers that the gateway can stand in for. */
export const AI_SDK: readonly Client[] = DOORS.map((door) => ({
  name: door.name,
  wire: door.like.wire,
  lacks: door.like.lacks,
  ...(door.alsoNeeds && { alsoNeeds: door.alsoNeeds }),
  readsReasoning: door.readsReasoning ?? true,
  returnsReasoning: door.returnsReasoning ?? true,
  fields: door.like.fields,
  ask: (gateway, question) => send(door, gateway, question, openMessages(question)),
  readError: readAiSdkError,
}));

export function readAiSdkError(error: unknown): ClientError {
  if (!APICallError.isInstance(error)) throw error;
  const { statusCode, message, responseBody, responseHeaders } = error;
  const body = JSON.parse(responseBody ?? "{}") as { error?: { code?: unknown; param?: unknown } };
  return {
    className: error.name,
    status: statusCode,
    message,
    code: body.error?.code,
    param: body.error?.param,
    header: (name) => responseHeaders?.[name] ?? null,
  };
}

async function send(door: Door, gateway: Gateway, question: Question, messages: ModelMessage[]): Promise<Answer> {
  const { fetch, header } = listen();
  const { isStream, onText } = question;
  const input = {
    model: door.model(gateway, fetch, question.model),
    messages,
    maxRetries: 0,
    providerOptions: door.options(question),
    ...settings(question),
  };
  let pieces = 0;
  let result: Awaited<ReturnType<typeof generateText>> | ReturnType<typeof streamText>;
  if (isStream) {
    // Errors come as parts of the stream as well: those are the ones looked at.
    const stream = streamText({ ...input, onError: () => {} });
    for await (const part of stream.fullStream) {
      if (part.type === "error") throw part.error;
      if (part.type !== "text-delta") continue;
      pieces += 1;
      onText?.(part.text);
    }
    result = stream;
  } else {
    result = await generateText(input);
  }
  const dropped = (await result.warnings)?.filter(({ type }) => type === "unsupported") ?? [];
  if (dropped.length > 0) throw new Error(`The client left something out: ${JSON.stringify(dropped)}`);
  const calls = await result.toolCalls;
  const usage = await result.usage;
  const response = await result.response;
  return {
    text: await result.text,
    reasoning: (await result.reasoningText) ?? "",
    toolCalls: calls.map(({ toolCallId, toolName, input }) => ({ id: toolCallId, name: toolName, input })),
    finish: await result.finishReason,
    usage: { inputTokens: usage.inputTokens ?? Number.NaN, outputTokens: usage.outputTokens ?? Number.NaN },
    pieces,
    header,
    reply: (results) =>
      send(door, gateway, question, [
        ...messages,
        ...(response.messages as ModelMessage[]),
        {
          role: "tool",
          content: calls.map(({ toolCallId, toolName }, at) => ({
            type: "tool-result",
            toolCallId,
            toolName,
            output: { type: "text", value: results[at] ?? "" },
          })),
        },
      ]),
  };
}

function settings(question: Question) {
  const { system, tools, toolChoice, schema, stop, seed, maxTokens, temperature, signal } = question;
  return {
    ...(system && { instructions: system }),
    ...(tools && { tools: toToolSet(tools) }),
    ...(toolChoice && { toolChoice: { type: "tool" as const, toolName: toolChoice } }),
    ...(schema && { output: Output.object({ schema: jsonSchema({ ...schema }), name: "place" }) }),
    ...(stop && { stopSequences: [...stop] }),
    ...(seed !== undefined && { seed }),
    ...(maxTokens && { maxOutputTokens: maxTokens }),
    ...(temperature !== undefined && { temperature }),
    ...(signal && { abortSignal: signal }),
  };
}

function toToolSet(tools: NonNullable<Question["tools"]>): ToolSet {
  return Object.fromEntries(
    tools.map(({ name, description, schema }) => [name, tool({ description, inputSchema: jsonSchema({ ...schema }) })]),
  );
}

function openMessages({ earlier = [], text, image, file }: Question): ModelMessage[] {
  const content: Exclude<UserContent, string> = [{ type: "text", text }];
  for (const attachment of [image, file]) {
    if (attachment) content.push({ type: "file", mediaType: attachment.mediaType, data: attachment.base64 });
  }
  return [
    ...earlier.flatMap(([user, assistant]) => [
      { role: "user" as const, content: user },
      { role: "assistant" as const, content: assistant },
    ]),
    { role: "user", content },
  ];
}
