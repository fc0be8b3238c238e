import { z } from "zod";
import { listOf } from "../list-of.ts";

const number = z.number("must be a number").nullish();
const text = z.string("must be a string");

const message = z.looseObject({ role: text }, "must be an object with a `role`");

/** What we read of a chat request. Every other field passes through to the provider as it came. */
export const chatBodySchema = z.looseObject(
  {
    model: text.min(1, "must not be empty").max(300, "must be at most 300 characters").nullish(),
    messages: listOf(message, "must be a list of messages").refine((all) => all.length > 0, "must not be empty"),
    stream: z.boolean("must be true or false").nullish(),
    stream_options: z
      .looseObject({ include_usage: z.boolean("must be true or false").nullish() }, "must be an object")
      .nullish(),
    tools: listOf(z.looseObject({}, "must be an object"), "must be a list of tools").nullish(),
    response_format: z.looseObject({ type: text }, "must be an object with a `type`").nullish(),
    stop: z
      .union([z.string(), z.array(z.string()).max(100)], "must be a string, or a list of at most 100 of them")
      .nullish(),
    max_tokens: number,
    max_completion_tokens: number,
    temperature: number,
    top_p: number,
    n: number,
    seed: number,
  },
  "must be a JSON object",
);

export interface ChatBody {
  [field: string]: unknown;
  model?: string | null;
  messages: readonly ChatMessage[];
  stream?: boolean | null;
  tools?: readonly Record<string, unknown>[] | null;
  response_format?: { type: string } | null;
}

export interface ChatMessage {
  [field: string]: unknown;
  role: string;
  content?: unknown;
}
