import type { ProviderFailure } from "#lib/gateway/failures.ts";
import type { Provider, ProviderRequest, StreamEvent } from "#lib/gateway/ports.ts";
import { buildBody } from "./build-body.ts";
import { composeAnswer, type DemoAnswer } from "./compose-answer.ts";
import { readRequest } from "./read-request.ts";
import { streamEvents } from "./stream-events.ts";

export interface DemoClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after `ms` milliseconds, or as soon as the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

const CHUNK_DELAY_MS = 10;

/**
 * Answers in place of a provider while none is connected: made up from the words of the request, the same for the same
 * request, and marked as simulated. It sends nothing anywhere.
 */
export function createDemoProvider({ clock = systemClock }: { clock?: DemoClock } = {}): Provider {
  return {
    async chat({ body, functionSlug, isStream, model, signal }: ProviderRequest) {
      const answer = composeAnswer(readRequest(body), functionSlug);
      const providerRequestId = `demo-${answer.seed.toString(16)}`;
      await clock.sleep(firstTokenDelayMs(answer), signal);
      if (signal.aborted) return { kind: "failure", failure: ABORTED, providerRequestId };
      if (isStream) {
        const showsUsage = body.stream_options?.include_usage === true;
        const events = streamEvents(answer, { model, createdAtMs: clock.now(), showsUsage });
        return { kind: "stream", events: paceEvents(events, clock, signal), providerRequestId };
      }
      return {
        kind: "answer",
        body: buildBody(answer, model, clock.now()),
        usage: answer.usage,
        finishReason: answer.choices[0]?.finishReason ?? null,
        providerRequestId,
      };
    },
  };
}

const ABORTED: ProviderFailure = {
  kind: "client-aborted",
  httpStatus: null,
  message: "The call was ended before the simulated answer was complete.",
  code: null,
  param: null,
  retryAfterMs: null,
};

/** 40 to 120 milliseconds, so that a demo looks alive. */
function firstTokenDelayMs({ seed }: DemoAnswer): number {
  return 40 + (seed % 81);
}

async function* paceEvents(
  events: Iterable<StreamEvent>,
  clock: DemoClock,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent> {
  for (const event of events) {
    if (event.hasContent) await clock.sleep(CHUNK_DELAY_MS, signal);
    if (signal.aborted) {
      yield { data: null, hasContent: false, usage: null, finishReason: null, failure: ABORTED };
      return;
    }
    yield event;
  }
}

const systemClock: DemoClock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const finish = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", finish);
        resolve();
      };
      const timer = setTimeout(finish, ms);
      signal.addEventListener("abort", finish, { once: true });
    }),
};
