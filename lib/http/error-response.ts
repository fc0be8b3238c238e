import { ServiceError } from "#lib/services/errors.ts";

interface ErrorLog {
  error(details: object, message: string): void;
}

/** The management API's one error body. What is not a refusal of ours becomes a plain 500 whose cause only the log has. */
export function errorResponse(error: unknown, requestId: string, log: ErrorLog): Response {
  const refusal = error instanceof ServiceError ? error : unexpected(error, requestId, log);
  const body = {
    error: {
      code: refusal.code,
      message: refusal.userMessage,
      requestId,
      ...(refusal.fields !== null && { fields: refusal.fields }),
    },
  };
  return Response.json(body, {
    status: refusal.status,
    headers: {
      "x-request-id": requestId,
      "cache-control": "no-store",
      ...(refusal.retryAfterSeconds !== null && { "retry-after": String(refusal.retryAfterSeconds) }),
    },
  });
}

function unexpected(error: unknown, requestId: string, log: ErrorLog): ServiceError {
  log.error({ err: error, requestId }, "a management request failed");
  return new ServiceError("internal_error", "Something went wrong on our side. Try again, or quote the request id.");
}
