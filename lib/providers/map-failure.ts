import { z } from "zod";
import { EGRESS_REFUSED } from "#lib/egress/guarded-connector.ts";
import type { FailureKind, ProviderFailure } from "#lib/gateway/failures.ts";
import type { ProviderAnswer } from "#lib/gateway/ports.ts";
import { type ErrorWords, kindOfError, kindOfStreamError } from "./kind-of-error.ts";
import { readErrorDetail } from "./read-error-detail.ts";

const text = z.union([z.string(), z.number()]).nullish().catch(null);

/** The shapes that OpenAI-wire providers give their errors: nested, flat (Mistral, vLLM), a bare string (Ollama), FastAPI's. */
const errorSchema = z.object({
  error: z
    .union([
      z.object({
        message: text,
        type: text,
        code: text,
        param: text,
        status: text,
        status_code: text,
        detail: z.unknown().optional(),
      }),
      z.string(),
      z.array(z.string()).transform((all) => all.join("; ")),
    ])
    .nullish()
    .catch(null),
  message: z.unknown().optional(),
  detail: z.unknown().optional(),
  type: text,
  code: text,
  param: text,
});

interface ProviderWords extends ErrorWords {
  param: string | null;
  /** An HTTP status that stands in the error itself. */
  status: number | null;
}

const NO_WORDS: ProviderWords = { message: "", type: null, code: null, param: null, status: null };

const MAX_MESSAGE_LENGTH = 1_000;

/** What an answer with an error status means, by its status and the provider's own words. */
export function mapErrorResponse(
  status: number,
  body: string,
  header: (name: string) => string | undefined,
): ProviderFailure {
  const words = readWords(body);
  return {
    kind: kindOfError(status, words),
    httpStatus: status,
    message: words.message === "" ? `The provider answered ${status}.` : words.message,
    code: words.code ?? words.type,
    param: words.param,
    retryAfterMs: readRetryAfter(header),
  };
}

/** An error object inside a stream or in a 200's body. Some say there which status they would have been. */
export function mapErrorObject(value: unknown): ProviderFailure {
  const words = readWords(JSON.stringify(value));
  return {
    kind: words.status === null ? kindOfStreamError(words) : kindOfError(words.status, words),
    httpStatus: words.status ?? 200,
    message: words.message === "" ? "The provider reported an error." : words.message,
    code: words.code ?? words.type,
    param: words.param,
    retryAfterMs: null,
  };
}

/** undici's and Node's error codes, as kinds of ours. Addresses and causes stay out of the message. */
export function mapTransportError(error: unknown, signal: AbortSignal): ProviderFailure {
  if (signal.aborted) return transportFailure("client-aborted", "The caller closed the connection.", null);
  const refused = causesOf(error).find((one) => "code" in one && one.code === EGRESS_REFUSED);
  if (refused !== undefined) return transportFailure("egress-refused", refused.message, EGRESS_REFUSED);
  const code = findCode(error);
  if (code !== null && /TIMEOUT|ETIMEDOUT/.test(code)) {
    return transportFailure("timeout", "The provider did not answer in time.", code);
  }
  if (code === "UND_ERR_RES_EXCEEDED_MAX_SIZE") {
    return transportFailure("bad-response", "The provider's answer is larger than 64 MB.", code);
  }
  if (code === "UND_ERR_HEADERS_OVERFLOW") {
    return transportFailure("bad-response", "The provider's answer has more than 32 KB of headers.", code);
  }
  const reasons: Record<string, string> = {
    ECONNREFUSED: "refused the connection",
    ENOTFOUND: "has an address that does not resolve",
    EAI_AGAIN: "has an address that does not resolve at the moment",
    ECONNRESET: "closed the connection",
    UND_ERR_SOCKET: "closed the connection",
  };
  const usual = /CERT|^UNABLE_TO_/.test(code ?? "") ? "has a certificate that does not hold" : "could not be reached";
  const reason = (code === null ? undefined : reasons[code]) ?? usual;
  return transportFailure("network", `The provider ${reason}${code === null ? "" : ` (${code})`}.`, code);
}

export function badResponse(message: string, providerRequestId: string | null): ProviderAnswer {
  const failure: ProviderFailure = {
    kind: "bad-response",
    httpStatus: 200,
    message,
    code: null,
    param: null,
    retryAfterMs: null,
  };
  return { kind: "failure", failure, providerRequestId };
}

function transportFailure(kind: FailureKind, message: string, code: string | null): ProviderFailure {
  return { kind, httpStatus: null, message, code, param: null, retryAfterMs: null };
}

function findCode(error: unknown): string | null {
  for (const one of causesOf(error)) if ("code" in one && typeof one.code === "string") return one.code;
  return null;
}

/** An error, what it was made of, and so on down. */
function causesOf(error: unknown): Error[] {
  if (!(error instanceof Error)) return [];
  const parts =
    error instanceof AggregateError && error.errors.length > 0 ? causesOf(error.errors[0]) : causesOf(error.cause);
  return [error, ...parts];
}

function readWords(body: string): ProviderWords {
  const parsed = errorSchema.safeParse(parseJson(body));
  if (!parsed.success) return NO_WORDS;
  const { error, ...flat } = parsed.data;
  if (typeof error === "string") return { ...NO_WORDS, message: clip(error) };
  const source = error ?? flat;
  const said = typeof source.message === "string" ? source.message : stringify(source.message);
  const detail = said === "" ? readErrorDetail(source.detail) : null;
  return {
    message: clip(detail?.message ?? said),
    type: stringOrNull(source.type ?? detail?.type),
    code: stringOrNull(source.code),
    param: stringOrNull(source.param ?? detail?.param),
    status: [error?.status, error?.status_code, source.code].map(Number).find(isErrorStatus) ?? null,
  };
}

function isErrorStatus(status: number): boolean {
  return Number.isInteger(status) && status >= 400 && status < 600;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** `retry-after-ms`, `retry-after` in seconds or as a date; a zero beside a longer one does not count. */
function readRetryAfter(header: (name: string) => string | undefined): number | null {
  const waits = [Number(header("retry-after-ms") ?? Number.NaN), readSeconds(header("retry-after"))];
  const known = waits.filter((wait) => Number.isFinite(wait) && wait >= 0);
  return known.length === 0 ? null : Math.max(...known);
}

function readSeconds(value: string | undefined): number {
  if (value === undefined) return Number.NaN;
  const seconds = Number(value);
  return Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1000;
}

function stringify(value: unknown): string {
  return value === undefined || value === null ? "" : JSON.stringify(value);
}

function stringOrNull(value: string | number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

function clip(message: string): string {
  return message.length > MAX_MESSAGE_LENGTH ? `${message.slice(0, MAX_MESSAGE_LENGTH)}…` : message;
}
