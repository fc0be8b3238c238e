import type { AttemptRecord } from "../contract/invocation.ts";
import type { ProviderFailure } from "../failures.ts";
import type { StreamEvent } from "../ports.ts";
import { CALLER_GONE, type Lease } from "./lease.ts";
import { producedText } from "./produced-text.ts";

interface WatchInput {
  events: AsyncIterable<StreamEvent>;
  lease: Lease;
  /** Filled in as the stream goes: its first token, its usage. */
  record: AttemptRecord;
  /** Silence allowed between two events once the first token is there; until then no event is waited for any longer. */
  idleMs: number;
  elapsedMs(): number;
  /** Called once, before the last event goes on: null for a whole answer. */
  conclude(failure: ProviderFailure | null, produced: () => string): void;
}

/** What is kept of an answer to estimate by, where its provider has not said what it charges. */
const MAX_KEPT_TEXT_LENGTH = 1_000_000;

/**
 * A provider's events under the attempt's lease. A stream that ends before its answer is whole, falls silent, or is
 * ended from outside gets a last event with a failure; leaving it early is the caller's going.
 */
export async function* watchStream(input: WatchInput): AsyncGenerator<StreamEvent> {
  const { lease, record } = input;
  const iterator = input.events[Symbol.asyncIterator]();
  let failure: ProviderFailure | null = CALLER_GONE;
  let text = "";
  const others: string[] = [];
  let keptLength = 0;
  const produced = () => text + others.map(producedText).join("");
  let hasBegun = false;
  let hasFinished = false;
  try {
    for (;;) {
      const next = await lease.wait(iterator.next());
      if (next === null || next.done === true) {
        failure = forgive(lease.cause() ?? (hasBegun ? CUT_SHORT : EMPTY), hasFinished);
        break;
      }
      const event = next.value;
      hasBegun = true;
      if (event.hasContent && record.firstTokenMs === null) {
        record.firstTokenMs = input.elapsedMs();
        lease.allowSilence(input.idleMs);
      } else if (record.firstTokenMs !== null) lease.heard();
      if (event.usage !== null) record.usage = event.usage;
      if (keptLength < MAX_KEPT_TEXT_LENGTH) {
        text += event.text;
        // Thoughts and calls are read only once it matters.
        if (event.hasContent && event.text === "" && event.sse !== null) others.push(event.sse.data);
        keptLength += event.text === "" ? (event.sse?.data.length ?? 0) : event.text.length;
      }
      if (event.finishReason !== null) hasFinished = true;
      if (event.failure !== null) {
        failure = forgive(lease.cause() ?? event.failure, hasFinished);
        break;
      }
      if (event.isEnd) {
        // An end mark after nothing at all is no answer.
        failure = hasFinished || record.firstTokenMs !== null ? null : EMPTY;
        input.conclude(failure, produced);
        yield failure === null ? event : { ...LAST, failure };
        return;
      }
      yield event;
    }
    input.conclude(failure, produced);
    if (failure !== null) yield { ...LAST, failure };
  } finally {
    if (failure === CALLER_GONE && record.failureKind === null) input.conclude(lease.cause() ?? CALLER_GONE, produced);
    // Not awaited: a provider that is silent would hold it up, and its connection is let go either way.
    void iterator.return?.().catch(() => {});
  }
}

/** An answer that its provider has said to be finished is whole, however its connection then ends. */
function forgive(failure: ProviderFailure, hasFinished: boolean): ProviderFailure | null {
  const isOfConnection = failure.kind === "stream-interrupted" || failure.kind === "timeout";
  return hasFinished && isOfConnection ? null : failure;
}

const LAST: StreamEvent = {
  sse: null,
  hasContent: false,
  text: "",
  hasMoreThanText: false,
  usage: null,
  finishReason: null,
  isEnd: false,
  failure: null,
};

const EMPTY: ProviderFailure = {
  kind: "bad-response",
  httpStatus: 200,
  message: "The provider answered with an empty stream.",
  code: null,
  param: null,
  retryAfterMs: null,
};

const CUT_SHORT: ProviderFailure = {
  ...EMPTY,
  kind: "stream-interrupted",
  message: "The provider's stream ended before the answer was complete.",
};
