import { LRUCache } from "lru-cache";

const WINDOW_MS = 15 * 60_000;
/** Wrong passwords that one caller may try for one account. */
const MAX_OF_PAIR = 10;
/** From everywhere for one account, and by one caller for all: far more than people mistype, far fewer than guessing needs. */
const MAX_OF_ONE = 100;
const MAX_COUNTED = 20_000;

export interface Attempt {
  email: string;
  /** Where it comes from; null: not known. */
  address: string | null;
}

export interface SignInThrottle {
  /** Counts an attempt as failed until it is known better; false: there were too many, and nothing may be looked at. */
  begin(attempt: Attempt): boolean;
  /** It could not be checked: it counts for nothing. */
  takeBack(attempt: Attempt): void;
  recordSuccess(attempt: Attempt): void;
}

/**
 * Ten wrong passwords close an account to who tried them for a quarter of an hour, and to nobody else: whoever knows an
 * address could otherwise lock its owner out. A hundred close it to everyone. Counted in this process.
 */
export function createSignInThrottle(): SignInThrottle {
  const failures = new LRUCache<string, number>({ max: MAX_COUNTED, ttl: WINDOW_MS });
  const count = (key: string) => failures.get(key) ?? 0;
  const takeFrom = (key: string, times: number) => {
    const left = count(key) - times;
    if (left > 0) failures.set(key, left);
    else failures.delete(key);
  };
  return {
    begin(attempt) {
      const limits = limitsOf(attempt);
      if (limits.some(({ key, most }) => count(key) >= most)) return false;
      for (const { key } of limits) failures.set(key, count(key) + 1);
      return true;
    },
    takeBack(attempt) {
      for (const { key } of limitsOf(attempt)) takeFrom(key, 1);
    },
    recordSuccess(attempt) {
      const [pair, ...others] = limitsOf(attempt);
      const times = count(pair.key);
      for (const { key } of [pair, ...others]) takeFrom(key, times);
    },
  };
}

interface Limit {
  key: string;
  most: number;
}

function limitsOf({ email, address }: Attempt): [Limit, ...Limit[]] {
  const pair = { key: `pair ${address ?? ""} ${email}`, most: MAX_OF_PAIR };
  const account = { key: `account ${email}`, most: MAX_OF_ONE };
  // Callers whose addresses are not known are not one caller.
  return address === null ? [pair, account] : [pair, account, { key: `caller ${address}`, most: MAX_OF_ONE }];
}
