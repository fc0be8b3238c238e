/** What the management API answered instead of data. */
export class ApiError extends Error {
  readonly code: string;
  readonly httpStatus: number;
  /** Null when the answer did not come from the API: no network, a broken proxy. */
  readonly requestId: string | null;
  /** Messages by field of the form that was sent. */
  readonly fields: Readonly<Record<string, string>>;

  constructor(details: {
    code: string;
    message: string;
    httpStatus: number;
    requestId?: string | null;
    fields?: Record<string, string>;
  }) {
    super(details.message);
    this.name = "ApiError";
    this.code = details.code;
    this.httpStatus = details.httpStatus;
    this.requestId = details.requestId ?? null;
    this.fields = details.fields ?? {};
  }
}
