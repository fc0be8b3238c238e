import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 20;

/** Looks again and again until there is something other than null. Throws when that takes longer than `deadlineMs`. */
export async function poll<Value>(
  what: string,
  deadlineMs: number,
  look: () => Promise<Value | null> | Value | null,
): Promise<Value> {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const seen = await look();
    if (seen !== null) return seen;
    if (performance.now() > deadline) throw new Error(`Waited ${deadlineMs} ms in vain for ${what}.`);
    await sleep(POLL_MS);
  }
}

/** The promise's value; throws when it takes longer than `deadlineMs`. */
export async function within<Value>(what: string, deadlineMs: number, promise: Promise<Value>): Promise<Value> {
  const timeout = new AbortController();
  const late = sleep(deadlineMs, undefined, { signal: timeout.signal }).then(
    () => {
      throw new Error(`Waited ${deadlineMs} ms in vain for ${what}.`);
    },
    () => new Promise<never>(() => {}),
  );
  try {
    return await Promise.race([promise, late]);
  } finally {
    timeout.abort();
  }
}
