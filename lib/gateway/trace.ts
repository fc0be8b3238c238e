/** A call on its way: what every answer to it carries. */
export interface CallTrace {
  id: string;
  requestId: string;
  /** Monotonic milliseconds of its arrival. */
  startedAt: number;
  /** Epoch milliseconds of its arrival. */
  createdAtMs: number;
  /** What the caller says of the trace that it is part of. */
  traceparent: string | null;
  /** Headers of the answer, filled in as they become known. */
  headers: Record<string, string>;
}
