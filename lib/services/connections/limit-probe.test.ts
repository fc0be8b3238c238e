import { expect, test } from "vitest";
import type { AccountProbe, ModelListing, ProbeTarget } from "#lib/providers/probe/contract.ts";
import { limitProbe } from "./limit-probe.ts";
import { createProbeSlots } from "./probe-slots.ts";

const TOO_MANY = { code: "rate_limit_exceeded", status: 429, retryAfterSeconds: expect.any(Number) };
const of = (tenantId: string) => ({ tenantId }) as ProbeTarget;

function open(limits: { perTenant: number; inAll: number }) {
  const ends: ((listing: ModelListing | Error) => void)[] = [];
  const listModels = () =>
    new Promise<ModelListing>((resolve, reject) => {
      ends.push((listing) => (listing instanceof Error ? reject(listing) : resolve(listing)));
    });
  const probe = { listModels } as unknown as AccountProbe;
  return { ends, probe: limitProbe({ probe, slots: createProbeSlots(limits) }) };
}

test("a tenant has so many questions under way, and a further one is refused at once; another tenant's is not", async () => {
  const { ends, probe } = open({ perTenant: 2, inAll: 10 });
  const first = probe.listModels(of("a"));
  void probe.listModels(of("a"));
  await expect(probe.listModels(of("a"))).rejects.toMatchObject(TOO_MANY);
  void probe.listModels(of("b"));
  expect(ends).toHaveLength(3);
  ends[0]?.({ models: [], problem: null });
  expect(await first).toEqual({ models: [], problem: null });
  void probe.listModels(of("a"));
  expect(ends).toHaveLength(4);
});

test("an instance has so many of all tenants together", async () => {
  const { probe } = open({ perTenant: 2, inAll: 2 });
  void probe.listModels(of("a"));
  void probe.listModels(of("b"));
  await expect(probe.listModels(of("c"))).rejects.toMatchObject(TOO_MANY);
});

test("one that fails gives its place back", async () => {
  const { ends, probe } = open({ perTenant: 1, inAll: 1 });
  const first = probe.listModels(of("a"));
  ends[0]?.(new Error("broken"));
  await expect(first).rejects.toThrow("broken");
  void probe.listModels(of("a"));
  expect(ends).toHaveLength(2);
});
