import type { WireReader } from "../exchange.ts";
import { buildRequest } from "./build-request.ts";
import { parseResponse } from "./parse-response.ts";
import { parseStream } from "./parse-stream.ts";

/** OpenAI's Responses, as OpenAI and those who follow it speak them. */
export const OPENAI_RESPONSES: WireReader = {
  buildRequest,
  parseResponse,
  parseStream: (_account, { signal }, bytes) => parseStream({ bytes, signal }),
};
