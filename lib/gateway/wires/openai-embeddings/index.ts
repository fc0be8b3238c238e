import { openAiErrorBody } from "../openai-errors.ts";
import type { Wire } from "../wire.ts";
import { parse } from "./parse.ts";

/** OpenAI's Embeddings. Its answers come whole and have no defaults, and nothing of them goes on elsewhere. */
export const OPENAI_EMBEDDINGS_WIRE: Wire = {
  id: "openai-embeddings",
  parse,
  fillDefaults: () => ({}),
  continueFrom: () => null,
  startJoin: () => () => [],
  errorBody: openAiErrorBody,
  errorEvent: (error) => ({ event: null, data: openAiErrorBody(error) }),
  endEvent: null,
};
