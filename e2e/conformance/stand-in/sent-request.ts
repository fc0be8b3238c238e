import type { IncomingHttpHeaders } from "node:http";

/** One request as it reached a provider. */
export interface SentRequest {
  provider: string;
  /** Below the provider's name, with the query. */
  path: string;
  headers: IncomingHttpHeaders;
  // biome-ignore lint/suspicious/noExplicitAny: whatever was sent; the reader of its dialect knows it.
  body: any;
  /** Settles when the gateway closes the connection before the answer is complete; never otherwise. */
  cutOff: Promise<void>;
}
