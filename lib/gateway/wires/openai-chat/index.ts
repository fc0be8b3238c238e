import { openAiErrorBody } from "../openai-errors.ts";
import type { Wire } from "../wire.ts";
import { continueFrom, startJoin } from "./continue.ts";
import { fillDefaults } from "./fill-defaults.ts";
import { parse } from "./parse.ts";

/** OpenAI's Chat Completions. */
export const OPENAI_CHAT_WIRE: Wire = {
  id: "openai-chat",
  parse,
  fillDefaults,
  continueFrom,
  startJoin,
  errorBody: openAiErrorBody,
  errorEvent: (error) => ({ event: null, data: openAiErrorBody(error) }),
  endEvent: { event: null, data: "[DONE]" },
};
