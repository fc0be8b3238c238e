import type {
  LanguageModelV4CallOptions,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
} from "@ai-sdk/provider";
import type { WireBody } from "#lib/gateway/contract/wire.ts";
import type { StreamEvent } from "#lib/gateway/ports.ts";
import type { TranslationKind } from "../registry/entry.ts";

/** How one caller's wire is read into, and written out of, the terms that every library model shares. */
export interface WireCodec {
  /** Throws `TranslationError` for what cannot be said. Signal, headers and `includeRawChunks` are not its business. */
  toCallOptions(body: WireBody, target: TranslationTarget): LanguageModelV4CallOptions;
  /** A whole answer as the wire's JSON body. */
  fromResult(result: LanguageModelV4GenerateResult, context: AnswerContext): unknown;
  openStream(context: AnswerContext): StreamWriter;
}

/** What a request is translated for: some settings have another name in every library. */
export interface TranslationTarget {
  kind: TranslationKind;
  /** The provider's own name for the model. */
  model: string;
}

export interface AnswerContext {
  /** The request that is answered. */
  body: WireBody;
  target: TranslationTarget;
  /** Unique, letters and digits only: the wire puts its own prefix before it. */
  id: string;
  createdAtMs: number;
}

/**
 * Writes one stream: each part becomes the wire's events. `finish` comes last, and only for a whole answer: its last
 * event is the wire's end mark. What the engine is told of each event is not the writer's business.
 */
export interface StreamWriter {
  write(part: AnswerPart): WireEvent[];
}

export type WireEvent = NonNullable<StreamEvent["sse"]>;

/** What is left of a library's stream for a writer: errors, warnings and heartbeats are dealt with before. */
export type AnswerPart = Exclude<LanguageModelV4StreamPart, { type: "error" | "raw" | "ping" | "stream-start" }>;

/**
 * A request that cannot be said to the target. `malformed`: no provider could read it, the call ends with `param` named.
 * `unsupported`: this way to the target does not carry it, another may.
 */
export class TranslationError extends Error {
  readonly reason: "malformed" | "unsupported";
  readonly param: string | null;

  constructor(reason: "malformed" | "unsupported", message: string, param: string | null) {
    super(message);
    this.name = "TranslationError";
    this.reason = reason;
    this.param = param;
  }
}
