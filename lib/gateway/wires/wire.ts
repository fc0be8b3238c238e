import type { AiFunction, Prefill } from "../contract/catalog.ts";
import type { RequestHint, RequestNeed, WireBody, WireId } from "../contract/wire.ts";
import type { GatewayError } from "../errors.ts";
import type { StreamEvent } from "../ports.ts";

/** A request as read once at the edge: its text for those who pass it on, its fields for those who decide. */
export interface ParsedRequest {
  source: string;
  body: WireBody;
  model: string | undefined;
  isStream: boolean;
  needs: readonly RequestNeed[];
  hints: readonly RequestHint[];
}

/** What a target is sent beside the caller's own words: see `AiFunction.defaults` and `Model.refuses`. */
export interface SendingRules {
  defaults: AiFunction["defaults"];
  refuses: readonly string[];
}

export interface ServerSentEvent {
  event: string | null;
  data: string;
}

/** One dialect in which the gateway is called: how it is read, and how its answers and errors are written. */
export interface Wire {
  id: WireId;
  /** Throws `invalid_request` with the field at fault in `param`. */
  parse(bytes: Uint8Array): ParsedRequest;
  /**
   * The function's defaults, as fields to add where the caller said nothing. What the caller said is not changed; a limit
   * may get the other name that its wire has for it.
   */
  fillDefaults(body: WireBody, rules: SendingRules): WireBody;
  /** The fields that make a target go on with an answer that begins with `text`; null: this request cannot be taken up. */
  continueFrom(body: WireBody, text: string, prefill: Prefill): WireBody | null;
  /**
   * Makes the events of a target that goes on a part of the stream that the first one began: without a second opening,
   * under the first one's id. Begun once for each such target; `text` is what the caller has of the answer, `prefill` how
   * the target was given it.
   */
  startJoin(opening: ServerSentEvent, text: string, prefill: Prefill): (event: StreamEvent) => readonly StreamEvent[];
  /** An error as the body of an answer. */
  errorBody(error: GatewayError, requestId: string): string;
  /** An error as the last event of a stream that has begun; `last`: what the caller got before it, for wires that number. */
  errorEvent(error: GatewayError, requestId: string, last?: ServerSentEvent | null): ServerSentEvent;
  /** The mark of a whole answer, where the wire has one that the provider may have left out. */
  endEvent: ServerSentEvent | null;
}
