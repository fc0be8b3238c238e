import type { ProviderFailure } from "../failures.ts";
import type { StreamEvent } from "../ports.ts";

export type Opened =
  | { kind: "stream"; events: AsyncIterable<StreamEvent> }
  | { kind: "failure"; failure: ProviderFailure };

/**
 * Waits for the first thing the caller waits for. Until then nothing has reached them, and another target can still
 * take over unseen; what the stream opened with is held back for as long.
 */
export async function openStream(events: AsyncGenerator<StreamEvent>): Promise<Opened> {
  const opening: StreamEvent[] = [];
  for (;;) {
    const next = await events.next();
    // Nothing to say, said in full, is an answer too.
    if (next.done === true) return { kind: "stream", events: replay(opening) };
    const event = next.value;
    if (event.failure !== null) {
      await events.return(undefined);
      return { kind: "failure", failure: event.failure };
    }
    opening.push(event);
    if (event.hasContent) return { kind: "stream", events: resume(opening, events) };
  }
}

/** Reads a stream to its end before any of it goes on: whatever breaks it is a failed attempt, and nobody has seen it. */
export async function holdStream(
  events: AsyncGenerator<StreamEvent>,
  { retriesFiltered }: { retriesFiltered: boolean },
): Promise<Opened> {
  const held: StreamEvent[] = [];
  for await (const event of events) {
    if (event.failure !== null) return { kind: "failure", failure: event.failure };
    held.push(event);
  }
  const finishReason = held.findLast((event) => event.finishReason !== null)?.finishReason ?? null;
  if (finishReason === "content-filter" && retriesFiltered) return { kind: "failure", failure: FILTERED };
  return { kind: "stream", events: replay(held) };
}

async function* replay(events: readonly StreamEvent[]): AsyncGenerator<StreamEvent> {
  yield* events;
}

async function* resume(
  opening: readonly StreamEvent[],
  rest: AsyncGenerator<StreamEvent>,
): AsyncGenerator<StreamEvent> {
  try {
    yield* opening;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

export const FILTERED: ProviderFailure = {
  kind: "content-filtered",
  httpStatus: 200,
  message: "The provider's content filter ended the answer.",
  code: null,
  param: null,
  retryAfterMs: null,
};
