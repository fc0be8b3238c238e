import { LRUCache } from "lru-cache";

const MAX_FAILURES = 10;
const WINDOW_MS = 15 * 60_000;

export interface SignInThrottle {
  /** Counts an attempt as failed until it is known better; false: the address is closed, and nothing may be looked at. */
  begin(email: string): boolean;
  /** It could not be checked: it counts for nothing. */
  takeBack(email: string): void;
  recordSuccess(email: string): void;
}

/** Ten wrong passwords for one address close it to sign-in for a quarter of an hour. Counted in this process. */
export function createSignInThrottle(): SignInThrottle {
  const failures = new LRUCache<string, number>({ max: 10_000, ttl: WINDOW_MS });
  return {
    begin(email) {
      const before = failures.get(email) ?? 0;
      if (before >= MAX_FAILURES) return false;
      failures.set(email, before + 1);
      return true;
    },
    takeBack(email) {
      const counted = failures.get(email);
      if (counted !== undefined) failures.set(email, counted - 1);
    },
    recordSuccess: (email) => {
      failures.delete(email);
    },
  };
}
