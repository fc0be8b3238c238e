import OpenAI, { APIError } from "openai";
import { readEventData } from "#e2e/support/event-stream.ts";

/** What a caller sees of one call, whichever way it calls. */
export interface Outcome {
  status: number | null;
  headers: Headers;
  text: string;
  finishReason: string | null;
  /** An error's code, as the status's body or as an event of the stream. */
  errorCode: string | null;
  /** Error events of a stream. */
  errorEvents: number;
  /** End marks of a stream; null where the client hides them. */
  endMarks: number | null;
  /** The body as it came; null where the client hides it. */
  raw: string | null;
  /** The ids that the answer's parts bear. */
  ids: readonly string[];
  /** Something other than HTTP went wrong: no answer at all, or a connection that broke. */
  broke: string | null;
  ms: number;
}

export interface Caller {
  baseUrl: string;
  apiKey: string;
}

export type CallBody = { model: string; messages: { role: "user"; content: string }[]; stream: boolean };

/** No case may last longer: what does has hung. */
export const HANG_MS = 60_000;

interface Chunk {
  id?: string;
  choices?: {
    delta?: { content?: string | null };
    message?: { content?: string | null };
    finish_reason?: string | null;
  }[];
  error?: { code?: string | null };
}

/** By plain `fetch`: every byte is seen. */
export async function callByFetch(caller: Caller, body: CallBody, headers: Record<string, string>): Promise<Outcome> {
  const startedAtMs = performance.now();
  const outcome = nothingYet();
  try {
    const response = await fetch(`${caller.baseUrl}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${caller.apiKey}`, "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(HANG_MS),
    });
    Object.assign(outcome, { status: response.status, headers: response.headers });
    outcome.raw = await response.text();
    const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") === true;
    const events = isStream ? readEventData(outcome.raw) : [outcome.raw];
    const isEnd = (data: string) => data === "[DONE]";
    outcome.endMarks = events.filter(isEnd).length;
    readChunks(
      outcome,
      events.filter((data) => !isEnd(data)).map((data) => JSON.parse(data) as Chunk),
    );
    if (!isStream) outcome.errorEvents = 0;
  } catch (error) {
    outcome.broke = String(error);
  }
  return { ...outcome, ms: performance.now() - startedAtMs };
}

/** By the official client, without retries of its own. */
export async function callByClient(caller: Caller, body: CallBody, headers: Record<string, string>): Promise<Outcome> {
  const client = new OpenAI({ apiKey: caller.apiKey, baseURL: `${caller.baseUrl}/v1`, maxRetries: 0 });
  const startedAtMs = performance.now();
  const outcome = nothingYet();
  try {
    const signal = AbortSignal.timeout(HANG_MS);
    const { data, response } = await client.chat.completions.create(body, { headers, signal }).withResponse();
    Object.assign(outcome, { status: response.status, headers: response.headers });
    if (Symbol.asyncIterator in data) for await (const chunk of data) readChunks(outcome, [chunk as Chunk]);
    else readChunks(outcome, [data as Chunk]);
  } catch (error) {
    readClientError(outcome, error);
  }
  return { ...outcome, ms: performance.now() - startedAtMs };
}

function readClientError(outcome: Outcome, error: unknown): void {
  const isAnswer = error instanceof APIError && (outcome.status !== null || error.status !== undefined);
  if (!isAnswer || typeof error.code !== "string") {
    outcome.broke = String(error);
    return;
  }
  if (outcome.status !== null) outcome.errorEvents += 1;
  else Object.assign(outcome, { status: error.status, headers: error.headers });
  outcome.errorCode = error.code;
}

function nothingYet(): Outcome {
  return {
    status: null,
    headers: new Headers(),
    text: "",
    finishReason: null,
    errorCode: null,
    errorEvents: 0,
    endMarks: null,
    raw: null,
    ids: [],
    broke: null,
    ms: 0,
  };
}

function readChunks(outcome: Outcome, chunks: readonly Chunk[]): void {
  for (const { id, choices = [], error } of chunks) {
    const [choice] = choices;
    outcome.text += choice?.delta?.content ?? choice?.message?.content ?? "";
    outcome.finishReason = choice?.finish_reason ?? outcome.finishReason;
    if (id !== undefined) outcome.ids = [...new Set([...outcome.ids, id])];
    if (error === undefined) continue;
    outcome.errorEvents += 1;
    outcome.errorCode = error.code ?? null;
  }
}
