import type { WireCodec } from "../codec.ts";
import { fromResult } from "./from-result.ts";
import { openStream } from "./open-stream.ts";
import { toCallOptions } from "./to-call-options.ts";

/** OpenAI's Responses for models that are reached through a library. */
export const OPENAI_RESPONSES_CODEC: WireCodec = { toCallOptions, fromResult, openStream };
