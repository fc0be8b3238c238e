import type { ProviderFailure } from "#lib/gateway/failures.ts";
import type { Provider, ProviderAnswer, ProviderRequest, StreamEvent } from "#lib/gateway/ports.ts";
import type { ProviderAccount } from "../account.ts";
import { mapFinishReason } from "../openai-chat/map-finish-reason.ts";
import { failedEvent } from "../stream-event.ts";
import { createTranslator } from "../translation/index.ts";
import { buildBody } from "./build-body.ts";
import { composeAnswer, type DemoAnswer } from "./compose-answer.ts";
import { embed } from "./embed.ts";
import { field, readRequest } from "./read-request.ts";
import { serveInProcess } from "./serve-in-process.ts";
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
 * request, and marked as simulated. It sends nothing anywhere. It speaks OpenAI's chat and embeddings itself, and other
 * wires through the translation that any provider of OpenAI's wire gets.
 */
export function createDemoProvider({ clock = systemClock }: { clock?: DemoClock } = {}): Provider {
  const chat = (request: ProviderRequest) => answerChat(request, clock);
  return {
    async call(request) {
      if (request.wire === "openai-chat") return chat(request);
      if (request.wire === "openai-embeddings") return embed(request);
      const transport = serveInProcess((body, isStream, signal) =>
        chat({ ...request, wire: "openai-chat", body, isStream, signal }),
      );
      return createTranslator(ACCOUNT, transport).call(request);
    },
  };
}

/** What the translation sees: a provider of OpenAI's chat wire, in this very process. */
const ACCOUNT: ProviderAccount = {
  entry: {
    id: "demo",
    name: "Demo",
    docsUrl: "https://example.com",
    hosting: "self-hosted",
    wires: { "openai-chat": { path: "/chat/completions" } },
    translation: "openai-compatible",
    auth: "none",
    baseUrl: "http://demo.invalid",
    fields: [],
    regions: [],
    capabilities: [],
    prefill: null,
    timeouts: { firstTokenMs: 10_000, idleMs: 10_000 },
  },
  baseUrl: "http://demo.invalid",
  fields: {},
};

async function answerChat(request: ProviderRequest, clock: DemoClock): Promise<ProviderAnswer> {
  const { body, functionSlug, isStream, model, signal } = request;
  const answer = composeAnswer(readRequest(body), functionSlug);
  const providerRequestId = `demo-${answer.seed.toString(16)}`;
  await clock.sleep(firstTokenDelayMs(answer), signal);
  if (signal.aborted) return { kind: "failure", failure: ABORTED, providerRequestId };
  if (isStream) {
    const showsUsage = field(body.stream_options, "include_usage") === true;
    const events = streamEvents(answer, { model, createdAtMs: clock.now(), showsUsage });
    return { kind: "stream", events: paceEvents(events, clock, signal), providerRequestId };
  }
  return {
    kind: "answer",
    body: buildBody(answer, model, clock.now()),
    usage: answer.usage,
    finishReason: mapFinishReason(answer.choices[0]?.finishReason),
    providerRequestId,
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
      yield failedEvent(ABORTED);
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
