import type { WireCodec } from "../codec.ts";
import { readRequest } from "./read-request.ts";
import { writeAnswer } from "./write-answer.ts";
import { openStream } from "./write-stream.ts";

/** OpenAI's Chat Completions, for callers whose target speaks something else. */
export const OPENAI_CHAT_CODEC: WireCodec = { toCallOptions: readRequest, fromResult: writeAnswer, openStream };
