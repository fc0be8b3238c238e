import { createParser } from "eventsource-parser";
import type { ProviderFailure } from "#lib/gateway/failures.ts";
import type { StreamEvent } from "#lib/gateway/ports.ts";
import { mapErrorObject, mapTransportError } from "./map-failure.ts";

/** An event that carries nothing: what each reader of a wire starts from. */
export const NO_EVENT: StreamEvent = {
  sse: null,
  hasContent: false,
  text: "",
  hasMoreThanText: false,
  usage: null,
  finishReason: null,
  isEnd: false,
  failure: null,
};

export function failedEvent(failure: ProviderFailure): StreamEvent {
  return { ...NO_EVENT, failure };
}

/** An end mark after an answer that never said how it ended: what was said before is a part, however it looks. */
export const CUT_EVENT: StreamEvent = failedEvent({
  ...mapErrorObject(null),
  kind: "stream-interrupted",
  message: "The provider's stream ended without saying how its answer did.",
});

interface ReadInput {
  bytes: AsyncIterable<Uint8Array>;
  signal: AbortSignal;
  /** What one server-sent event is in its wire. May throw where the event is none of its wire's. */
  read(event: { event: string | null; data: string }): StreamEvent;
}

/** A stream's events, however the network cut it. Never throws: a break is a last event with a failure. */
export async function* readEvents({ bytes, signal, read }: ReadInput): AsyncGenerator<StreamEvent> {
  const decoder = new TextDecoder();
  const queue: { event: string | null; data: string }[] = [];
  const parser = createParser({ onEvent: ({ event, data }) => queue.push({ event: event ?? null, data }) });
  try {
    for await (const piece of bytes) {
      parser.feed(decoder.decode(piece, { stream: true }));
      for (const event of queue) yield readOne(read, event);
      queue.length = 0;
    }
    // A last event whose closing blank line never came is still an event.
    parser.feed("\n\n");
    for (const event of queue) yield readOne(read, event);
  } catch (error) {
    yield failedEvent(asInterruption(mapTransportError(error, signal)));
  }
}

/** A stumble over an event is no trouble of the network's. */
function readOne(read: ReadInput["read"], event: { event: string | null; data: string }): StreamEvent {
  try {
    return read(event);
  } catch {
    return failedEvent(ODD_EVENT);
  }
}

const ODD_EVENT: ProviderFailure = {
  ...mapErrorObject(null),
  kind: "bad-response",
  message: "The provider's stream holds an event of a shape that is not its own.",
};

/** What breaks a stream that has begun is an interruption, unless it was silence or the caller's own doing. */
export function asInterruption(failure: ProviderFailure): ProviderFailure {
  const isItself = failure.kind === "client-aborted" || failure.kind === "timeout" || failure.kind === "bad-response";
  return isItself ? failure : { ...failure, kind: "stream-interrupted" };
}
