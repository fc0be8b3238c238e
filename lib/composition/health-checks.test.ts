import { expect, test, vi } from "vitest";
import { createFakeClock, settled } from "#e2e/isolation/support/fake-clock.ts";
import type { DueCheck } from "#lib/services/connections/health/claim.ts";
import { startHealthChecks } from "./health-checks.ts";

/** A list of servers whose turn it is, and checks that end when the test says. */
function open(turns: DueCheck[]) {
  const clock = createFakeClock();
  const log = { warn: vi.fn() };
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const claim = vi.fn(async ({ most, busy }: { most: number; busy: readonly string[] }) => {
    const due: DueCheck[] = [];
    for (const turn of [...turns]) {
      const isTaken = busy.includes(turn.tenantId) || due.some(({ tenantId }) => tenantId === turn.tenantId);
      if (due.length === most || isTaken) continue;
      turns.splice(turns.indexOf(turn), 1);
      due.push(turn);
    }
    return due;
  });
  const signals: AbortSignal[] = [];
  const check = ({ connectionId }: DueCheck, signal: AbortSignal) => {
    begun.push(connectionId);
    signals.push(signal);
    return new Promise<void>((resolve, reject) => {
      ends.set(connectionId, (error) => (error === undefined ? resolve() : reject(error)));
      signal.addEventListener("abort", () => resolve());
    });
  };
  const checks = startHealthChecks({ claim, check, clock, log });
  const end = async (connectionId: string, error?: Error) => {
    ends.get(connectionId)?.(error);
    await settled();
  };
  return { clock, log, begun, claim, checks, end, signals };
}
const turn = (tenantId: string, connectionId: string): DueCheck => ({ tenantId, connectionId });

test("servers of several tenants are checked at once, and of one tenant one after another", async () => {
  const { begun, end, checks } = open([turn("a", "a1"), turn("a", "a2"), turn("b", "b1")]);
  await settled();
  expect(begun).toEqual(["a1", "b1"]);
  await end("b1");
  expect(begun).toEqual(["a1", "b1"]);
  await end("a1");
  expect(begun).toEqual(["a1", "b1", "a2"]);
  await checks.close();
});

test("no more than sixteen are under way, however many are due", async () => {
  const turns = Array.from({ length: 40 }, (_, at) => turn(`tenant-${at}`, `server-${at}`));
  const { begun, end, checks } = open(turns);
  await settled();
  expect(begun).toHaveLength(16);
  await end("server-3");
  expect(begun).toHaveLength(17);
  await checks.close();
});

test("once all that was due is checked it is asked again a while later", async () => {
  const turns: DueCheck[] = [];
  const { begun, clock, claim, checks } = open(turns);
  await settled();
  turns.push(turn("a", "a1"));
  await clock.advance(4_999);
  expect(claim).toHaveBeenCalledTimes(1);
  await clock.advance(1);
  expect(begun).toEqual(["a1"]);
  await checks.close();
});

test("a check that fails of something of ours is told of, and the others go on", async () => {
  const { begun, log, end, checks } = open([turn("a", "a1"), turn("a", "a2")]);
  await settled();
  await end("a1", new Error("The disk is full."));
  expect(begun).toEqual(["a1", "a2"]);
  expect(log.warn).toHaveBeenCalledWith(expect.objectContaining({ connectionId: "a1" }), expect.any(String));
  await checks.close();
});

test("a database that is away is told of once, and asked until it is back", async () => {
  const turns: DueCheck[] = [];
  const { begun, log, clock, claim, checks } = open(turns);
  await settled();
  claim.mockRejectedValueOnce(new Error("away")).mockRejectedValueOnce(new Error("away"));
  await clock.advance(10_000);
  expect(log.warn).toHaveBeenCalledTimes(1);
  turns.push(turn("a", "a1"));
  await clock.advance(5_000);
  expect(begun).toEqual(["a1"]);
  await checks.close();
});

test("closing calls off what is under way, waits for it, and lets nothing begin any more", async () => {
  const turns = [turn("a", "a1")];
  const { begun, clock, signals, checks } = open(turns);
  await settled();
  turns.push(turn("b", "b1"));
  await checks.close();
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  await clock.advance(60_000);
  expect(begun).toEqual(["a1"]);
  expect(clock.pending()).toBe(0);
});
