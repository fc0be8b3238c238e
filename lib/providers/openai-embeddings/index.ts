import type { WireReader } from "../exchange.ts";
import { buildRequest } from "./build-request.ts";
import { parseResponse } from "./parse-response.ts";

/** OpenAI's Embeddings, as most providers speak it. It has no streams. */
export const OPENAI_EMBEDDINGS: WireReader = { buildRequest, parseResponse, parseStream: null };
