/** How often a page in view asks again: a call made just now shows within this time. */
export const POLL_INTERVAL_MS = 5_000;
