import { beforeEach, describe, expect, test } from "vitest";
import { createFakeClock, type FakeClock } from "#e2e/isolation/support/fake-clock.ts";
import { CALLER_GONE, DEADLINE_PASSED, type Lease, openLease } from "./lease.ts";

let clock: FakeClock;
let caller: AbortController;

beforeEach(() => {
  clock = createFakeClock(500);
  caller = new AbortController();
});

let deadlineMs: number;
const remainingMs = () => deadlineMs - clock.monotonicMs();
const open = (leftMs = 60_000, answerMs: number | null = null) => {
  deadlineMs = clock.monotonicMs() + leftMs;
  return openLease({ clock, callerSignal: caller.signal, remainingMs, answerMs });
};
const never = () => new Promise<string>(() => {});
const later = (ms: number) => new Promise<string>((resolve) => void clock.schedule(() => resolve("here"), ms));

/** What a wait came to, while it is still open too. */
function watch(lease: Lease, promise: Promise<string>) {
  const seen: { value: string | null | undefined } = { value: undefined };
  void lease.wait(promise).then((value) => {
    seen.value = value;
  });
  return seen;
}

describe("the time for the whole answer", () => {
  const begin = (answerMs: number) => open(3_000, answerMs);

  test("ends the lease however often something is heard, and says how long it was", async () => {
    const lease = begin(2_000);
    lease.allowSilence(1_500);
    for (const expected of ["here", "here", null]) {
      const wait = lease.wait(later(800));
      await clock.advance(800);
      expect(await wait).toBe(expected);
      lease.heard();
    }
    const message = "The answer was not complete after the 2 s that its chain allows.";
    expect(lease.cause()).toMatchObject({ kind: "timeout", code: "answer-timeout", message });
  });

  test("is no longer than the call's", async () => {
    const lease = begin(60_000);
    lease.allowSilence(60_000);
    const seen = watch(lease, never());
    await clock.advance(3_000);
    expect([seen.value, lease.cause()]).toEqual([null, DEADLINE_PASSED]);
  });
});

test("what is waited for comes through, and its failure too", async () => {
  const lease = open();
  expect(await lease.wait(Promise.resolve("here"))).toBe("here");
  await expect(lease.wait(Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect([lease.cause(), lease.signal.aborted]).toEqual([null, false]);
});

describe("silence", () => {
  test("ends the lease when it has lasted too long, and says how long", async () => {
    const lease = open();
    lease.allowSilence(1_500);
    const seen = watch(lease, never());
    await clock.advance(1_499);
    expect([seen.value, lease.signal.aborted]).toEqual([undefined, false]);
    await clock.advance(1);
    expect([seen.value, lease.signal.aborted]).toEqual([null, true]);
    expect(lease.cause()).toMatchObject({ kind: "timeout", message: "The provider was silent for 1.5 s.", code: null });
  });

  test("begins anew with everything that is heard", async () => {
    const lease = open();
    lease.allowSilence(1_000);
    for (let heard = 0; heard < 5; heard += 1) {
      const wait = lease.wait(later(900));
      await clock.advance(900);
      expect(await wait).toBe("here");
      lease.heard();
    }
    expect(lease.cause()).toBeNull();
  });

  test("goes on through signs of life that are no answer", async () => {
    const lease = open();
    lease.allowSilence(1_000);
    for (let sign = 0; sign < 3; sign += 1) {
      const wait = lease.wait(later(300));
      await clock.advance(300);
      expect(await wait).toBe("here");
    }
    const seen = watch(lease, later(300));
    await clock.advance(100);
    expect([seen.value, lease.cause()?.kind]).toEqual([null, "timeout"]);
  });

  test("is not that of a caller who reads slowly: only waits count", async () => {
    const lease = open();
    lease.allowSilence(1_000);
    await clock.advance(30_000);
    expect(lease.cause()).toBeNull();
    const seen = watch(lease, never());
    await clock.advance(999);
    expect(seen.value).toBeUndefined();
    await clock.advance(1);
    expect(lease.cause()?.kind).toBe("timeout");
  });

  test("may be allowed for longer or shorter from some moment on", async () => {
    const lease = open();
    lease.allowSilence(10_000);
    await clock.advance(5_000);
    lease.allowSilence(500);
    const seen = watch(lease, never());
    await clock.advance(500);
    expect(seen.value).toBeNull();
  });
});

describe("the call's deadline", () => {
  test("ends the lease although much is heard", async () => {
    const lease = open(2_000);
    lease.allowSilence(1_000);
    for (let heard = 0; heard < 3; heard += 1) {
      void lease.wait(later(600));
      await clock.advance(600);
      lease.heard();
    }
    const seen = watch(lease, later(600));
    await clock.advance(200);
    expect([seen.value, lease.cause()]).toEqual([null, DEADLINE_PASSED]);
  });

  test("ends it while nobody waits, too", async () => {
    const lease = open(2_000);
    lease.allowSilence(1_000);
    await clock.advance(2_000);
    expect(lease.cause()).toBe(DEADLINE_PASSED);
    expect(await lease.wait(Promise.resolve("late"))).toBeNull();
  });
});

describe("a caller that leaves", () => {
  test("ends the lease at once, and the provider is told", () => {
    const lease = open();
    const seen = watch(lease, never());
    caller.abort();
    expect([lease.cause(), lease.signal.aborted, seen.value]).toEqual([CALLER_GONE, true, undefined]);
  });

  test("and had left before it began", async () => {
    caller.abort();
    const lease = open();
    lease.allowSilence(1_000);
    expect([lease.cause(), lease.signal.aborted]).toEqual([CALLER_GONE, true]);
    expect(await lease.wait(never())).toBeNull();
    expect(clock.pending()).toBe(0);
  });

  test("after the provider fell silent changes nothing about the cause", async () => {
    const lease = open();
    lease.allowSilence(1_000);
    void lease.wait(never());
    await clock.advance(1_000);
    caller.abort();
    expect(lease.cause()?.kind).toBe("timeout");
  });
});

test("a provider that fails after the lease has ended is no fault of ours", async () => {
  const lease = open();
  lease.allowSilence(100);
  const { promise, reject } = Promise.withResolvers<string>();
  const seen = watch(lease, promise);
  await clock.advance(100);
  expect(seen.value).toBeNull();
  // Neither this one nor the next may surface as an unhandled rejection, which would fail the test run.
  reject(new Error("late"));
  expect(await lease.wait(Promise.reject(new Error("later still")))).toBeNull();
});

test("a lease that is released leaves no timer and no listener behind", async () => {
  const lease = open();
  lease.allowSilence(1_000);
  lease.release();
  expect(clock.pending()).toBe(0);
  caller.abort();
  expect([lease.cause(), lease.signal.aborted]).toEqual([null, false]);
});

test("one timer serves a whole stream, however many events it has", async () => {
  const lease = open();
  lease.allowSilence(1_000);
  for (let event = 0; event < 50; event += 1) {
    await lease.wait(Promise.resolve("here"));
    lease.heard();
    expect(clock.pending()).toBe(1);
  }
});
