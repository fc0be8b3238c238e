import type { Price } from "./contract/catalog.ts";
import type { InvocationRecord } from "./contract/invocation.ts";
import type { Connection, Principal, RoutingSnapshot } from "./contract/snapshot.ts";
import type { Usage } from "./contract/usage.ts";
import type { FinishReason, WireBody, WireId } from "./contract/wire.ts";
import type { ProviderFailure } from "./failures.ts";

export interface ProviderRequest {
  /** On whose behalf: the operator's own accounts serve many. */
  tenantId: string;
  connection: Connection;
  /** The provider's own name for the model. */
  model: string;
  /** The function that the call names, for the demo provider to answer in kind; null for a direct call. */
  functionSlug: string | null;
  /** The caller's wire: that of the request and of the answer, whichever the provider speaks. */
  wire: WireId;
  /** `native`: the provider speaks the caller's wire and gets the request as it came. */
  via: "native" | "translation";
  /** The request, with what the engine adds to it. */
  body: WireBody;
  /** The request's text as the caller sent it, and the top-level fields in which `body` differs; undefined: taken out. */
  source: string;
  edits: WireBody;
  /** Headers of the caller that belong to the wire; they go on where the provider speaks it. */
  passHeaders: Readonly<Record<string, string>>;
  isStream: boolean;
  /** Ends the upstream call: the caller has gone, a timeout or the deadline has passed. */
  signal: AbortSignal;
}

/** One server-sent event of a stream in the caller's wire. */
export interface StreamEvent {
  /** As it goes to the caller. Null: not for them, e.g. usage that they did not ask for. */
  sse: { event: string | null; data: string } | null;
  /** Carries something the caller waits for: text, a tool call, reasoning. */
  hasContent: boolean;
  /** What this event adds to the answer's text (the first choice's); empty for everything else. */
  text: string;
  /** The answer holds more than text by now (tool calls, reasoning, several choices): it cannot be taken up elsewhere. */
  hasMoreThanText: boolean;
  /** The provider's count as far as it is known by now; later ones replace earlier ones. */
  usage: Usage | null;
  finishReason: FinishReason | null;
  /** The wire's mark of a whole answer: `[DONE]`, `message_stop`, `response.completed`. Nothing follows. */
  isEnd: boolean;
  /** The provider told of an error inside its stream, or it broke; nothing follows. */
  failure: ProviderFailure | null;
}

export type ProviderAnswer =
  | { kind: "failure"; failure: ProviderFailure; providerRequestId: string | null }
  | {
      kind: "answer";
      /** In the caller's wire: the provider's own bytes when it speaks it. */
      body: Uint8Array;
      usage: Usage | null;
      finishReason: FinishReason | null;
      providerRequestId: string | null;
    }
  | {
      kind: "stream";
      /** Throws nothing: a break is a last event with a failure. */
      events: AsyncIterable<StreamEvent>;
      providerRequestId: string | null;
    };

export interface Provider {
  /** Sends one request to one account. Faults of the provider are answers, never exceptions. */
  call(request: ProviderRequest): Promise<ProviderAnswer>;
}

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  monotonicMs(): number;
  /** Calls back once, after at least so many milliseconds, unless the answer is called first. */
  schedule(callback: () => void, delayMs: number): () => void;
}

/** What is known of each connection and model, from the calls of everyone who shares the connection. */
export interface Health {
  find(connectionId: string, model: string): TargetHealth;
  /** Takes a place for one attempt. False: it is not this call's turn. */
  admit(connectionId: string, model: string): boolean;
  report(connectionId: string, model: string, outcome: AttemptOutcome): void;
}

/** `open`: failed too often and is only probed. `cooling`: asked to be left alone. */
export interface TargetHealth {
  state: "ready" | "open" | "cooling";
  /** Milliseconds until a call may try it; 0: one may. */
  waitMs: number;
}

/** One target's circuit, for the console and the metrics: its attempts and failures in the window it is judged by. */
export interface Circuit extends TargetHealth {
  connectionId: string;
  model: string;
  attempts: number;
  failures: number;
}

/** `neutral`: says nothing about the target, e.g. a request that was at fault or a caller that left. */
export interface AttemptOutcome {
  kind: "success" | "failure" | "neutral";
  /** What the provider asked us to wait, in milliseconds. */
  retryAfterMs: number | null;
}

/** What the engine needs from outside, handed in by the composition. */
export interface GatewayPorts {
  keys: { find(secret: string): Promise<Principal | null> };
  snapshots: { get(tenantId: string): Promise<RoutingSnapshot> };
  providers: { get(connection: Connection): Provider };
  prices: {
    /** The price in force at a moment; null when the model has no known price, which is never zero. */
    find(provider: string, model: string, at: Date): Price | null;
    /** Whether the provider's own word on what it charged is to be believed. */
    reportsCharges(provider: string): boolean;
  };
  /** Takes the record off the call's path: returns at once and never throws. */
  ledger: { record(invocation: InvocationRecord): void };
  clock: Clock;
  /** Uniform in [0, 1). */
  random(): number;
  health: Health;
  /** Tokens of a text, about. For answers whose provider never said what it charged. */
  countTokens(text: string): number;
  /** A fresh UUIDv7. */
  newId(): string;
  /** A fault of ours that the caller saw as a plain 500. */
  reportFault(fault: unknown, invocationId: string): void;
}
