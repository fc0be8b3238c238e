import { MAX_RETRIES } from "#lib/gateway/routing/patience.ts";

/** What a chain may hold, for whoever checks it: here and in the console's form. */
export const MAX_CHAIN_LENGTH = 10;
/** The largest number that a version can have in the database. */
export const MAX_VERSION_NUMBER = 2_147_483_647;
/** An hour is longer than any call may take. */
export const TIMEOUT_MS = { min: 100, max: 3_600_000 } as const;
export const RETRIES = { min: 0, max: MAX_RETRIES } as const;
