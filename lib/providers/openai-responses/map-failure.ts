import type { FailureKind, ProviderFailure } from "#lib/gateway/failures.ts";
import { mapErrorObject } from "../map-failure.ts";

/** Codes of errors inside a 200. Those of images begin and end in many ways: all of them find fault with the request. */
const KINDS: Readonly<Record<string, FailureKind>> = {
  server_error: "server-error",
  rate_limit_exceeded: "rate-limited",
  insufficient_quota: "provider-quota",
  context_length_exceeded: "context-too-long",
  invalid_prompt: "invalid-request",
  bio_policy: "content-filtered",
  image_content_policy_violation: "content-filtered",
  content_filter: "content-filtered",
  vector_store_timeout: "timeout",
  data_residency_mismatch: "bad-response",
  failed_to_download_image: "invalid-request",
  empty_image_file: "invalid-request",
};

/** An error inside a response or a stream: the error itself, or an event that holds it beside its own type. */
export function mapFailure(value: unknown): ProviderFailure {
  const { type, ...rest } = (typeof value === "object" ? (value ?? {}) : { message: value }) as { type?: unknown };
  const failure = mapErrorObject({ error: type === "error" ? rest : { type, ...rest } });
  const code = failure.code ?? "";
  // A prompt that its filter refused has the code of one that is malformed.
  if (failure.kind === "content-filtered") return failure;
  const kind = Object.hasOwn(KINDS, code) ? KINDS[code] : /image/.test(code) ? "invalid-request" : undefined;
  return kind === undefined ? failure : { ...failure, kind };
}
