import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Json, type Recording, toRecording } from "#e2e/support/recordings.ts";
import { frame } from "#lib/providers/translation/fake-answers.ts";

/** An answer that was recorded without its request, as an exchange: the plainest request that it could be the answer to. */
export function readLoneAnswers(folder: string): Recording[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => toExchange(file.slice(0, -5), JSON.parse(readFileSync(path.join(folder, file), "utf8"))));
}

/** Names of the recorder's whose provider has another in the exchanges. Who is not known here is left as it is. */
const PROVIDERS: Readonly<Record<string, string>> = {
  alibaba: "openai-compatible",
  "amazon-bedrock": "bedrock",
  google: "gemini",
  "google-vertex": "vertexai",
  moonshotai: "openai-compatible",
};

const HAS_RESPONSES = new Set(["azure", "openai"]);

function toExchange(name: string, file: Json): Recording {
  const { kind, response } = file;
  const all = readAll(response);
  const api = findApi(file, all);
  // Elsewhere a LiteLLM server stands in, whose entry has the wire.
  const isElsewhere = api === "responses" && !HAS_RESPONSES.has(file.provider);
  const provider = isElsewhere ? "litellm" : (PROVIDERS[file.provider] ?? file.provider);
  const model = findModel(all);
  const isStream = response.body === undefined;
  const request = {
    method: "POST",
    url: `https://recorded.example/model/${model}/models/${model}:recorded`,
    body: { model, ...plainRequest(api, all), ...(isStream && { stream: true }) },
  };
  return toRecording(name, { provider, api, kind, request, response: toResponse(api, response, all) });
}

/** The JSON of the body, or of each event. Several answers in one file are the turns of one conversation: the first counts. */
function readAll({ body, chunks, sse_text }: Json): Json[] {
  if (body !== undefined) return [body];
  const all: Json[] = chunks ?? readData(sse_text);
  const end = all.findIndex(({ type }) => type === "message_stop" || type === "response.completed");
  return end < 0 ? all : all.slice(0, end + 1);
}

/** The API in the words of the exchanges; the recorder's own where the data plane has none like it. */
function findApi({ provider, api }: Json, [first]: Json[]): string {
  if (api === "embedding" || first.predictions !== undefined || first.embeddings !== undefined) return "embeddings";
  if (api === "responses" || first.object === "response" || first.type?.startsWith("response.")) return "responses";
  if (api !== "chat") return api;
  const own = { anthropic: "anthropic_messages", "amazon-bedrock": "bedrock_converse", cohere: "cohere_chat" };
  if (provider in own) return own[provider as keyof typeof own];
  if (provider.startsWith("google")) return "gemini_generate";
  return first.choices === undefined ? "other" : "chat_completions";
}

function findModel(all: Json[]): string {
  const named = all.map((one) => one.model ?? one.message?.model ?? one.response?.model ?? one.modelVersion);
  return named.find((model) => typeof model === "string" && model !== "") ?? "unknown";
}

function plainRequest(api: string, [first]: Json[]): Record<string, Json> {
  const messages = [{ role: "user", content: "Hello" }];
  switch (api) {
    case "anthropic_messages":
      return { max_tokens: 64_000, messages };
    case "responses":
      return { input: "Hello" };
    case "embeddings":
      return { input: (first.data ?? []).map((_: Json, at: number) => `text ${at}`), encoding_format: "float" };
    default:
      return { messages };
  }
}

function toResponse(api: string, { status, body, sse_text }: Json, all: Json[]): Json {
  if (body !== undefined) return { status, headers: { "content-type": "application/json" }, body };
  if (api === "bedrock_converse") return toFrames(status, all);
  const headers = { "content-type": "text/event-stream" };
  return { status, headers, sse_text: sse_text ?? all.map((data) => toEvent(api, data)).join("") + endOf(api) };
}

/** Only these name their events; the others know them by what is in them. */
const NAMED_EVENTS = new Set(["anthropic_messages", "responses", "cohere_chat"]);

function toEvent(api: string, data: Json): string {
  return `${NAMED_EVENTS.has(api) ? `event: ${data.type}\n` : ""}data: ${JSON.stringify(data)}\n\n`;
}

function endOf(api: string): string {
  return api === "chat_completions" ? "data: [DONE]\n\n" : "";
}

function toFrames(status: number, all: Json[]): Json {
  const events = all.map((one) => Object.entries<Json>(one)[0] as [type: string, payload: Json]);
  return {
    status,
    headers: { "content-type": "application/vnd.amazon.eventstream" },
    body_base64: Buffer.concat(events.map(([type, payload]) => frame(type, payload))).toString("base64"),
    eventstream_events: events.map(([type, payload]) => ({ headers: { ":event-type": type }, payload })),
  };
}

function readData(text: string): Json[] {
  return [...text.matchAll(/^data: (\{.*\})$/gm)].map(([, data]) => JSON.parse(data as string));
}
