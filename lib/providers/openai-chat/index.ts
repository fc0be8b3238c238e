import type { WireReader } from "../exchange.ts";
import { buildRequest } from "./build-request.ts";
import { parseResponse } from "./parse-response.ts";
import { parseStream } from "./parse-stream.ts";

/** OpenAI's Chat Completions, as most providers speak it. */
export const OPENAI_CHAT: WireReader = {
  buildRequest,
  parseResponse,
  parseStream({ entry }, { body, signal }, bytes) {
    const options = body.stream_options as { include_usage?: unknown } | null | undefined;
    const hasAskedForUs = entry.wires["openai-chat"]?.streamUsage !== "always" && options?.include_usage !== true;
    const choices = typeof body.n === "number" ? body.n : 1;
    return parseStream({ bytes, hidesUsage: hasAskedForUs, choices, signal });
  },
};
