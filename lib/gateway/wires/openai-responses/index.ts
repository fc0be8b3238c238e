import { openAiErrorBody } from "../openai-errors.ts";
import type { Wire } from "../wire.ts";
import { errorEvent } from "./error-event.ts";
import { fillDefaults } from "./fill-defaults.ts";
import { parse } from "./parse.ts";

/**
 * OpenAI's Responses. One call is one answer: nothing is kept to be fetched or cancelled later. `previous_response_id`
 * works where the provider that kept the response is asked again (its `store` is true unless told otherwise), so such a
 * call is only safe on a route with one target.
 */
export const OPENAI_RESPONSES_WIRE: Wire = {
  id: "openai-responses",
  parse,
  fillDefaults,
  // The wire has no word for an answer that has begun: a target can only start over.
  continueFrom: () => null,
  startJoin: () => () => [],
  errorBody: openAiErrorBody,
  errorEvent,
  // It holds the whole response, which nobody but the provider can write.
  endEvent: null,
};
