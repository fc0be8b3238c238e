/** Every way in which a use case can refuse, and its HTTP status. */
export const SERVICE_ERROR_STATUS = {
  invalid_request: 400,
  not_signed_in: 401,
  invalid_api_key: 401,
  not_allowed: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  request_too_large: 413,
  rate_limit_exceeded: 429,
  internal_error: 500,
} as const satisfies Record<string, number>;
export type ServiceErrorCode = keyof typeof SERVICE_ERROR_STATUS;

/** A use case's refusal. `message` is for operators and logs, `userMessage` for the person who asked. */
export class ServiceError extends Error {
  readonly code: ServiceErrorCode;
  readonly userMessage: string;
  /** What is wrong with which field, by its name. */
  readonly fields: Record<string, string> | null;
  /** When trying again can help, in seconds; null: nothing is known of that. */
  readonly retryAfterSeconds: number | null;

  constructor(
    code: ServiceErrorCode,
    userMessage: string,
    details: { message?: string; fields?: Record<string, string>; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(details.message ?? userMessage, { cause: details.cause });
    this.name = "ServiceError";
    this.code = code;
    this.userMessage = userMessage;
    this.fields = details.fields ?? null;
    this.retryAfterSeconds = details.retryAfterSeconds ?? null;
  }

  get status(): number {
    return SERVICE_ERROR_STATUS[this.code];
  }
}
