import type {
  Response,
  ResponseCreateParamsNonStreaming,
  ResponseInputContent,
  ResponseInputItem,
  ResponseReasoningItem,
} from "openai/resources/responses/responses";
import type { Answer, Client, Gateway, Question } from "./client.ts";
import { listen } from "./listen.ts";
import { openAi, readOpenAiError } from "./openai.ts";

export const OPENAI_RESPONSES: Client = {
  name: "openai · responses",
  wire: "openai-responses",
  lacks: { stop: "the Responses API has no stop sequences", seed: "the Responses API has no seed" },
  readsReasoning: true,
  returnsReasoning: true,
  fields: {
    vision: /^input\[\d+\]\.content\[1\]$/,
    files: /^input\[\d+\]\.content\[1\]$/,
    stop: /never/,
    seed: /never/,
    "one-tool-at-a-time": /^parallel_tool_calls$/,
    reasoning: /^reasoning\.effort$/,
    "own-field": /^truncation$/,
  },
  ask: (gateway, question) => send(gateway, question, openInput(question)),
  readError: readOpenAiError,
};

async function send(gateway: Gateway, question: Question, input: ResponseInputItem[]): Promise<Answer> {
  const { fetch, header } = listen();
  const client = openAi(gateway, fetch);
  const body = { model: question.model, input, ...settings(question) };
  const options = { signal: question.signal };
  let pieces = 0;
  let response: Response;
  if (question.isStream) {
    const stream = client.responses.stream(body, options);
    stream.on("response.output_text.delta", ({ delta }) => {
      pieces += 1;
      question.onText?.(delta);
    });
    response = await stream.finalResponse();
  } else {
    response = await client.responses.create(body, options);
  }
  const calls = response.output.filter((item) => item.type === "function_call");
  const thoughts = response.output.filter((item) => item.type === "reasoning");
  return {
    text: response.output_text,
    reasoning: thoughts.map(reasoningOf).join(""),
    toolCalls: calls.map((call) => ({ id: call.call_id, name: call.name, input: JSON.parse(call.arguments) })),
    finish: finishOf(response, calls.length),
    usage: {
      inputTokens: response.usage?.input_tokens ?? Number.NaN,
      outputTokens: response.usage?.output_tokens ?? Number.NaN,
    },
    pieces,
    header,
    reply: (results) =>
      send(gateway, question, [
        ...input,
        ...(response.output as ResponseInputItem[]),
        ...calls.map(({ call_id }, at) => ({
          type: "function_call_output" as const,
          call_id,
          output: results[at] ?? "",
        })),
      ]),
  };
}

function reasoningOf({ summary, content }: ResponseReasoningItem): string {
  return [...summary, ...(content ?? [])].map(({ text }) => text).join("");
}

function finishOf({ status, incomplete_details: why }: Response, calls: number): string {
  if (status === "incomplete") return why?.reason === "max_output_tokens" ? "length" : (why?.reason ?? "incomplete");
  if (status !== "completed") return status ?? "none";
  return calls > 0 ? "tool-calls" : "stop";
}

function settings(question: Question): Omit<ResponseCreateParamsNonStreaming, "model" | "input" | "stream"> {
  const { system, tools, toolChoice, isOneToolAtATime, schema, maxTokens, temperature, isReasoning } = question;
  const { user, isOwnField } = question;
  return {
    ...(system && { instructions: system }),
    ...(tools && {
      tools: tools.map(({ name, description, schema }) => ({
        type: "function",
        name,
        description,
        parameters: { ...schema },
        strict: false,
      })),
    }),
    ...(toolChoice && { tool_choice: { type: "function", name: toolChoice } }),
    ...(isOneToolAtATime && { parallel_tool_calls: false }),
    ...(schema && { text: { format: { type: "json_schema", name: "place", schema: { ...schema }, strict: true } } }),
    ...(maxTokens && { max_output_tokens: maxTokens }),
    ...(temperature !== undefined && { temperature }),
    ...(isReasoning && { reasoning: { effort: "medium", summary: "auto" } }),
    ...(user && { user }),
    ...(isOwnField && { truncation: "auto" }),
  };
}

function openInput({ earlier = [], text, image, file }: Question): ResponseInputItem[] {
  const content: ResponseInputContent[] = [{ type: "input_text", text }];
  if (image) {
    const url = `data:${image.mediaType};base64,${image.base64}`;
    content.push({ type: "input_image", image_url: url, detail: "auto" });
  }
  if (file) {
    const data = `data:${file.mediaType};base64,${file.base64}`;
    content.push({ type: "input_file", filename: file.name, file_data: data });
  }
  return [
    ...earlier.flatMap(([user, assistant]) => [
      { role: "user" as const, content: user },
      { role: "assistant" as const, content: assistant },
    ]),
    { role: "user", content },
  ];
}
