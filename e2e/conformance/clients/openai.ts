import OpenAI from "openai";
import type { ClientError, Gateway } from "./client.ts";

export function openAi({ apiKey, baseUrl }: Gateway, fetch: typeof globalThis.fetch): OpenAI {
  return new OpenAI({ apiKey, baseURL: `${baseUrl}/v1`, maxRetries: 0, fetch });
}

export function readOpenAiError(error: unknown): ClientError {
  if (!(error instanceof OpenAI.APIError)) throw error;
  const { status, message, code, param, headers } = error;
  const header = (name: string) => (headers as Headers | undefined)?.get(name) ?? null;
  return { className: error.constructor.name, status, message, code, param, header };
}
