import type { Wire } from "../wire.ts";
import { continueFrom } from "./continue-from.ts";
import { errorBody, errorEvent } from "./errors.ts";
import { fillDefaults } from "./fill-defaults.ts";
import { startJoin } from "./join.ts";
import { parseCountTokens, parseMessages } from "./parse.ts";

export const ANTHROPIC_MESSAGES_WIRE: Wire = {
  id: "anthropic-messages",
  parse: parseMessages,
  fillDefaults,
  continueFrom,
  startJoin,
  errorBody,
  errorEvent,
  endEvent: { event: "message_stop", data: '{"type":"message_stop"}' },
};

/** How many tokens a request would take. A call that gets no answer from a model: no defaults, no stream. */
export const ANTHROPIC_COUNT_TOKENS_WIRE: Wire = {
  id: "anthropic-count-tokens",
  parse: parseCountTokens,
  fillDefaults: () => ({}),
  continueFrom: () => null,
  startJoin: () => () => [],
  errorBody,
  errorEvent,
  endEvent: null,
};
