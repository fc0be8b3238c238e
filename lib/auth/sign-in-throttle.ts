import { LRUCache } from "lru-cache";

const MAX_FAILURES = 10;
const WINDOW_MS = 15 * 60_000;

export interface SignInThrottle {
  isBlocked(email: string): boolean;
  recordFailure(email: string): void;
  recordSuccess(email: string): void;
}

/** Ten wrong passwords for one address close it to sign-in for a quarter of an hour. Counted in this process. */
export function createSignInThrottle(): SignInThrottle {
  const failures = new LRUCache<string, number>({ max: 10_000, ttl: WINDOW_MS });
  return {
    isBlocked: (email) => (failures.get(email) ?? 0) >= MAX_FAILURES,
    recordFailure: (email) => {
      failures.set(email, (failures.get(email) ?? 0) + 1);
    },
    recordSuccess: (email) => {
      failures.delete(email);
    },
  };
}
