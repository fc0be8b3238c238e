import type { ProviderFailure } from "#lib/gateway/failures.ts";

/** A failure on its way out through a library that only knows exceptions. */
export class FailedCall extends Error {
  readonly failure: ProviderFailure;

  constructor(failure: ProviderFailure) {
    super(failure.message);
    this.name = "FailedCall";
    this.failure = failure;
  }
}
