import type { Clock } from "#lib/gateway/ports.ts";
import type { DueCheck } from "#lib/services/connections/health/claim.ts";

interface HealthCheckPorts {
  /** Takes checks that are due: at most so many, none of the busy tenants. */
  claim(asked: { at: Date; most: number; busy: readonly string[] }): Promise<DueCheck[]>;
  /** Makes one check and keeps what it found, unless the signal calls it off. */
  check(due: DueCheck, signal: AbortSignal): Promise<void>;
  clock: Pick<Clock, "now" | "schedule">;
  log: { warn(details: object, message: string): void };
}

export interface HealthChecks {
  /** Calls off what is under way; no check begins after it. */
  close(): Promise<void>;
}

/** How long after everything due was checked it is asked again what is. */
const PAUSE_MS = 5_000;
const MAX_AT_ONCE = 16;

/** Checks tenants' own servers as they become due, several at once and of each tenant one: a slow one holds up its own. */
export function startHealthChecks({ claim, check, clock, log }: HealthCheckPorts): HealthChecks {
  const stop = new AbortController();
  const underWay = new Map<string, Promise<void>>();
  let cancelNext = () => {};
  let isWaiting = false;

  const start = (due: DueCheck) => {
    const done = check(due, stop.signal)
      .catch((error: unknown) => log.warn({ err: error, ...due }, "a server's health was not checked"))
      .finally(() => underWay.delete(due.tenantId));
    underWay.set(due.tenantId, done);
  };
  const checkAllDue = async () => {
    while (!stop.signal.aborted) {
      const busy = [...underWay.keys()];
      const due = await claim({ at: new Date(clock.now()), most: MAX_AT_ONCE - busy.length, busy });
      if (stop.signal.aborted) return;
      due.forEach(start);
      if (underWay.size === 0) return;
      await Promise.race(underWay.values());
    }
  };
  const wait = (error: unknown) => {
    // Once for as long as the database is away.
    if (!isWaiting)
      log.warn({ err: error }, "servers' health is not checked: PostgreSQL does not say whose turn it is");
    isWaiting = true;
  };
  const pass = async () => {
    await checkAllDue().then(() => {
      isWaiting = false;
    }, wait);
    if (!stop.signal.aborted) cancelNext = clock.schedule(begin, PAUSE_MS);
  };
  let passing = Promise.resolve();
  const begin = () => {
    passing = pass();
  };
  begin();
  return {
    async close() {
      stop.abort();
      cancelNext();
      await passing;
      await Promise.all(underWay.values());
    },
  };
}
