import type { WireCodec } from "../codec.ts";
import { readRequest } from "./read-request.ts";
import { writeAnswer } from "./write-answer.ts";
import { openStream } from "./write-stream.ts";

/** Anthropic's Messages, for callers whose target speaks something else. */
export const ANTHROPIC_MESSAGES_CODEC: WireCodec = { toCallOptions: readRequest, fromResult: writeAnswer, openStream };
