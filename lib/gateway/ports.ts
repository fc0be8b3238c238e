import type { Price } from "./contract/catalog.ts";
import type { InvocationRecord } from "./contract/invocation.ts";
import type { Connection, Principal, RoutingSnapshot } from "./contract/snapshot.ts";
import type { Usage } from "./contract/usage.ts";
import type { ProviderFailure } from "./failures.ts";

/** A chat request in OpenAI's wire, as the caller sent it: fields that we do not know pass through. */
export interface ChatBody {
  [field: string]: unknown;
  messages: readonly unknown[];
  stream?: boolean | null;
  stream_options?: { [field: string]: unknown; include_usage?: boolean | null } | null;
}

export interface ProviderRequest {
  connection: Connection;
  /** The provider's own name for the model. */
  model: string;
  /** The function that the call names, for the demo provider to answer in kind; null for a direct call. */
  functionSlug: string | null;
  body: ChatBody;
  isStream: boolean;
  /** Ends the upstream call: the caller has gone or the deadline has passed. */
  signal: AbortSignal;
}

/** One server-sent event of a chat stream, ready to be sent on. */
export interface StreamEvent {
  /** The event's data: a JSON chunk, or `[DONE]`. Null: not for the caller, who did not ask for the usage it holds. */
  data: string | null;
  /** Carries something the caller waits for: text, a tool call, reasoning. */
  hasContent: boolean;
  usage: Usage | null;
  finishReason: string | null;
  /** The provider told of an error inside its stream; nothing follows. */
  failure: ProviderFailure | null;
}

export type ProviderAnswer =
  | { kind: "failure"; failure: ProviderFailure; providerRequestId: string | null }
  | {
      kind: "answer";
      /** The provider's own bytes. */
      body: Uint8Array;
      usage: Usage | null;
      finishReason: string | null;
      providerRequestId: string | null;
    }
  | {
      kind: "stream";
      /** Ends with `[DONE]` only when the provider's did. Throws nothing: a break is a last event with a failure. */
      events: AsyncIterable<StreamEvent>;
      providerRequestId: string | null;
    };

export interface Provider {
  /** Sends one chat request to one account. Faults of the provider are answers, never exceptions. */
  chat(request: ProviderRequest): Promise<ProviderAnswer>;
}

/** What the engine needs from outside, handed in by the composition. */
export interface GatewayPorts {
  keys: { find(secret: string): Promise<Principal | null> };
  snapshots: { get(tenantId: string): Promise<RoutingSnapshot> };
  providers: { get(connection: Connection): Provider };
  /** The price in force at a moment; null when the model has no known price, which is never zero. */
  prices: { find(provider: string, model: string, at: Date): Price | null };
  /** Takes the record off the call's path: returns at once and never throws. */
  ledger: { record(invocation: InvocationRecord): void };
  clock: { now(): number; monotonicMs(): number };
  /** A fresh UUIDv7. */
  newId(): string;
  /** A fault of ours that the caller saw as a plain 500. */
  reportFault(fault: unknown, invocationId: string): void;
}
