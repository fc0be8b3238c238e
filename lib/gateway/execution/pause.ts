import type { Clock } from "../ports.ts";

/** Waits, or until the signal aborts. */
export function pause(clock: Pick<Clock, "schedule">, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      cancel();
      signal.removeEventListener("abort", settle);
      resolve();
    };
    const cancel = clock.schedule(settle, ms);
    if (signal.aborted) settle();
    else signal.addEventListener("abort", settle, { once: true });
  });
}
