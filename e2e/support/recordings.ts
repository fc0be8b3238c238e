import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { readEventData } from "./event-stream.ts";

/** One recorded call to a real provider. */
export interface Recording {
  name: string;
  provider: string;
  kind: string;
  isStream: boolean;
  /** The model asked for; at Azure the deployment that the address names. */
  model: string;
  request: Record<string, unknown>;
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** What a recording holds, read without the gateway's code: the oracle. */
export interface RecordedAnswer {
  /** The JSON of the body, or of each event before the end; an error that stands in a stream is left out. */
  json: unknown[];
  error: RecordedError | null;
  usage: RecordedUsage | null;
}

interface RecordedError {
  message: string;
  code: string;
}

export interface RecordedUsage {
  inputTokens: number;
  outputTokens: number;
  cachedInputTokens: number;
  reasoningTokens: number;
}

const KINDS = new Set(["chat", "chat_stream", "stream_error", "error_4xx", "error_429"]);

/** The recorded chat calls in OpenAI's wire of one provider, by its name in the recordings. */
export function readRecordings(folder: string, provider: string): Recording[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => ({ name: file.slice(0, -5), ...JSON.parse(readFileSync(path.join(folder, file), "utf8")) }))
    .filter((one) => one.api === "chat_completions" && one.provider === provider && KINDS.has(one.kind))
    .map(toRecording);
}

// biome-ignore lint/suspicious/noExplicitAny: the shape of a file that is not ours.
function toRecording({ name, provider, kind, request, response }: any): Recording {
  const deployment = /\/deployments\/([^/]+)\//.exec(request.url)?.[1];
  const body = response.sse_text ?? response.body;
  return {
    name,
    provider,
    kind,
    isStream: response.sse_text !== undefined,
    model: deployment ?? request.body.model,
    request: request.body,
    status: response.status,
    headers: response.headers ?? {},
    body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: as above.
type Json = any;

export function readAnswer({ body, isStream }: Recording): RecordedAnswer {
  const text = body.toString();
  const all: Json[] = isStream
    ? readEventData(text)
        .filter((data) => data !== "[DONE]")
        .map((data) => JSON.parse(data))
    : [JSON.parse(text)];
  const failed = all.find(({ error }) => error != null);
  const usages = all.map((one) => one.usage ?? one.x_groq?.usage).filter((usage) => usage != null);
  return {
    json: failed === undefined ? all : all.slice(0, all.indexOf(failed)),
    error: failed === undefined ? null : { message: failed.error.message, code: String(failed.error.code) },
    usage: usages.length === 0 ? null : readUsage(usages.at(-1)),
  };
}

function readUsage(usage: Json): RecordedUsage {
  const cached = [usage.prompt_tokens_details?.cached_tokens, usage.prompt_cache_hit_tokens, usage.num_cached_tokens];
  return {
    inputTokens: usage.prompt_tokens,
    outputTokens: usage.completion_tokens ?? 0,
    cachedInputTokens: cached.find((count) => count != null) ?? 0,
    reasoningTokens: usage.completion_tokens_details?.reasoning_tokens ?? 0,
  };
}
