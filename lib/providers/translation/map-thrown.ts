import {
  AISDKError,
  APICallError,
  InvalidArgumentError,
  InvalidPromptError,
  InvalidResponseDataError,
  JSONParseError,
  TypeValidationError,
  UnsupportedFunctionalityError,
} from "@ai-sdk/provider";
import type { ProviderFailure } from "#lib/gateway/failures.ts";
import { mapErrorObject, mapErrorResponse, mapTransportError } from "../map-failure.ts";
import { TranslationError } from "./codec.ts";
import { FailedCall } from "./failed-call.ts";
import { readError } from "./fetch.ts";
import { refine } from "./provider-words.ts";

const none = () => undefined;

/** What a library threw, or put into its stream as an error, means. */
export function mapThrown(error: unknown, signal: AbortSignal): ProviderFailure {
  if (error instanceof FailedCall) return error.failure;
  if (error instanceof TranslationError) return mapTranslationError(error);
  if (signal.aborted) return mapTransportError(error, signal);
  if (isUnsaid(error)) return unsupported(error.message);
  const inner = findCause(error, (one) => one instanceof FailedCall);
  if (inner instanceof FailedCall) return inner.failure;
  if (hasNetworkCode(error)) return mapTransportError(error, signal);
  if (isOfAnswer(error)) {
    const told = readError(asText(error.responseBody));
    return told === null ? badAnswer(error.cause) : refine(told);
  }
  if (InvalidResponseDataError.isInstance(error) && error.message.includes("without a finish reason")) return CUT;
  if (JSONParseError.isInstance(error) || TypeValidationError.isInstance(error)) return badAnswer(error);
  return mapReported(error);
}

/** What a target cannot be asked: another may serve the call. */
export function unsupported(message: string, param: string | null = null): ProviderFailure {
  return { ...badResponse(`This request cannot be translated for the provider: ${message}`), ...UNSENT, param };
}

const UNSENT = { kind: "unsupported", httpStatus: null } as const;

/** A stream that ended before its provider said that it was done. */
export const CUT: ProviderFailure = {
  ...badResponse("The provider's stream ended before its answer was complete."),
  kind: "stream-interrupted",
};

function mapTranslationError({ reason, message, param }: TranslationError): ProviderFailure {
  if (reason === "unsupported") return unsupported(message, param);
  return { ...badResponse(message), kind: "invalid-request", httpStatus: null, param };
}

/** The provider's own words inside its stream: with a status where the library knows one. */
function mapReported(error: unknown): ProviderFailure {
  if (typeof error !== "object" || error === null) return mapErrorObject({ error: String(error) });
  const { statusCode, message, type, code } = error as Record<string, unknown>;
  if (typeof statusCode === "number" && statusCode >= 400) {
    return refine(mapErrorResponse(statusCode, JSON.stringify({ error: { message, type, code } }), none));
  }
  if (AISDKError.isInstance(error)) return badResponse(`The provider's answer cannot be read: ${clip(error.message)}`);
  if (error instanceof Error && type === undefined && code === undefined) {
    // How Bedrock's library says that the last frame is not all there.
    return error.message.includes("event-stream frame") ? CUT : badAnswer(error);
  }
  return refine(mapErrorObject({ error: { message, type, code } }));
}

/** About the body of a 200: the others never get as far as the library. OpenAI's makes up statuses for what it finds. */
function isOfAnswer(error: unknown): error is APICallError {
  if (!APICallError.isInstance(error)) return false;
  const isBodyParsed = typeof error.responseBody === "object";
  return isBodyParsed || (error.statusCode === 200 && error.cause !== undefined);
}

function asText(body: unknown): string {
  return typeof body === "string" ? body : JSON.stringify(body ?? null);
}

function badAnswer(cause: unknown): ProviderFailure {
  if (JSONParseError.isInstance(cause)) return badResponse("The provider's answer is not JSON.");
  return badResponse("The provider's answer has a shape that is not its own.");
}

export function badResponse(message: string): ProviderFailure {
  return { ...mapErrorObject(null), kind: "bad-response", message };
}

/** What a library refuses before anything is sent. */
function isUnsaid(error: unknown): error is Error {
  return (
    UnsupportedFunctionalityError.isInstance(error) ||
    InvalidPromptError.isInstance(error) ||
    InvalidArgumentError.isInstance(error)
  );
}

function hasNetworkCode(error: unknown): boolean {
  return findCause(error, (one) => "code" in one && /^(E[A-Z]+|UND_ERR)/.test(String(one.code))) !== null;
}

function findCause(error: unknown, matches: (error: Error) => boolean): Error | null {
  for (let at = error; at instanceof Error; at = at.cause) if (matches(at)) return at;
  return null;
}

function clip(message: string): string {
  return message.length > 300 ? `${message.slice(0, 300)}…` : message;
}
