import type { AnswerContext, StreamWriter } from "../codec.ts";
import { openAnswer } from "./open-answer.ts";

/** An answer as the events of a stream; its last one holds the whole response. */
export function openStream(context: AnswerContext): StreamWriter {
  const answer = openAnswer(context);
  return {
    write: (part) => answer.write(part).map((event) => ({ event: event.type, data: JSON.stringify(event) })),
  };
}
