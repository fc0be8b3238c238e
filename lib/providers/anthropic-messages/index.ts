import type { WireReader } from "../exchange.ts";
import { buildRequest } from "./build-request.ts";
import { parseCount, parseResponse } from "./parse-response.ts";
import { parseStream } from "./parse-stream.ts";

/** Anthropic's Messages, as Anthropic and those who offer its API speak it. */
export const ANTHROPIC_MESSAGES: WireReader = {
  buildRequest,
  parseResponse,
  parseStream: (_account, { signal }, bytes) => parseStream({ bytes, signal }),
};

/** How many tokens a request would take, as Anthropic counts. */
export const ANTHROPIC_COUNT_TOKENS: WireReader = { buildRequest, parseResponse: parseCount, parseStream: null };
