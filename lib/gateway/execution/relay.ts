import type { Prefill } from "../contract/catalog.ts";
import type { WireBody } from "../contract/wire.ts";
import type { GatewayError } from "../errors.ts";
import type { ProviderFailure } from "../failures.ts";
import type { StreamEvent } from "../ports.ts";
import type { PlannedTarget } from "../routing/plan.ts";
import type { ServerSentEvent, Wire } from "../wires/wire.ts";
import type { Run } from "./run.ts";

const encoder = new TextEncoder();

interface RelayInput {
  wire: Wire;
  body: WireBody;
  run: Run;
  first: AsyncIterable<StreamEvent>;
  /** What a target is sent beside the caller's words, before it is asked to go on with an answer. */
  defaultsFor(target: PlannedTarget): WireBody;
  requestId: string;
  signal: AbortSignal;
  conclude(failure: ProviderFailure): GatewayError;
  /** Called once, however the stream ends; the error is what the caller was told inside the stream. */
  onEnd(error: GatewayError | null): void;
}

/** What has gone to the caller so far: what another target needs to go on with it. */
interface Progress {
  opening: ServerSentEvent | null;
  text: string;
  hasMoreThanText: boolean;
  hasFinished: boolean;
  hasEnded: boolean;
  last: ServerSentEvent | null;
  join: ((event: StreamEvent) => readonly StreamEvent[]) | null;
}

/** An answer of this length is not taken up elsewhere: its text is not kept. */
const MAX_CONTINUED_LENGTH = 1_000_000;

/**
 * Sends a provider's events on as they come. A stream that breaks is continued on the next target that takes the answer
 * so far; where none does it ends with one error event. It ends with the wire's end mark only when the answer is whole.
 */
export async function* relay(input: RelayInput): AsyncGenerator<Uint8Array> {
  const { wire } = input;
  const progress: Progress = {
    opening: null,
    text: "",
    hasMoreThanText: false,
    hasFinished: false,
    hasEnded: false,
    last: null,
    join: null,
  };
  let failure: ProviderFailure | null = null;
  let error: GatewayError | null = null;
  let isAbandoned = true;
  try {
    for (let events: AsyncIterable<StreamEvent> | null = input.first; events !== null; ) {
      failure = null;
      for await (const event of events) {
        if (event.failure !== null) {
          failure = event.failure;
          break;
        }
        for (const joined of progress.join?.(event) ?? [event]) {
          advance(progress, joined);
          if (joined.sse !== null) yield encode(joined.sse);
        }
      }
      events = failure === null ? null : await continueElsewhere(input, progress, failure);
    }
    isAbandoned = false;
    if (failure !== null) {
      // A caller that left while the next target was being asked has gone, whatever broke before.
      error = input.conclude(input.signal.aborted ? LEFT : failure);
      if (!input.signal.aborted) yield encode(wire.errorEvent(error, input.requestId, progress.last));
    } else if (!progress.hasEnded && wire.endEvent !== null) {
      yield encode(wire.endEvent);
    }
  } finally {
    input.onEnd(isAbandoned ? input.conclude(LEFT) : error);
  }
}

/** Keeps count of what the caller has got. */
function advance(progress: Progress, event: StreamEvent): void {
  progress.opening ??= event.sse;
  progress.last = event.sse ?? progress.last;
  if (progress.text.length < MAX_CONTINUED_LENGTH) progress.text += event.text;
  else progress.hasMoreThanText = true;
  if (event.hasMoreThanText) progress.hasMoreThanText = true;
  if (event.finishReason !== null) progress.hasFinished = true;
  if (event.isEnd) progress.hasEnded = true;
}

async function continueElsewhere(
  { run, wire, body, signal, defaultsFor }: RelayInput,
  progress: Progress,
  failure: ProviderFailure,
): Promise<AsyncIterable<StreamEvent> | null> {
  const isOver = signal.aborted || progress.hasFinished || progress.hasMoreThanText || progress.text === "";
  if (isOver || failure.kind === "client-aborted") return null;
  let prefill: Prefill | null = null;
  const editsFor = (target: PlannedTarget) => {
    prefill = target.prefill;
    const begun = prefill === null ? null : wire.continueFrom(body, progress.text, prefill);
    return begun === null ? null : { ...defaultsFor(target), ...begun };
  };
  const result = await run.next(editsFor);
  if (result.kind !== "stream" || prefill === null || progress.opening === null) return null;
  progress.join = wire.startJoin(progress.opening, progress.text, prefill);
  return result.events;
}

const LEFT: ProviderFailure = {
  kind: "client-aborted",
  httpStatus: null,
  message: "The caller closed the connection.",
  code: null,
  param: null,
  retryAfterMs: null,
};

/** Every line of an event's data bears the field's name: a provider may send its JSON over several. */
export function encode({ event, data }: ServerSentEvent): Uint8Array {
  const name = event === null ? "" : `event: ${event}\n`;
  return encoder.encode(`${name}data: ${data.replaceAll("\n", "\ndata: ")}\n\n`);
}
