import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MOUNTS } from "#e2e/support/gateway.ts";
import { callByClient, callByFetch, type Outcome } from "./matrix/call.ts";
import { judgeRefused } from "./matrix/judge.ts";
import { type FaultGateway, openFaultGateway } from "./matrix/open-gateway.ts";
import { PAIRS } from "./matrix/routes.ts";
import {
  DEAD_ADDRESSES,
  type DeadAddresses,
  type DeadAddressId,
  openDeadAddresses,
} from "./upstream/dead-addresses.ts";
import { type FaultUpstream, openFaultUpstream, tokensFor } from "./upstream/open-upstream.ts";

/** The second target of every pair. */
const HEALTHY = "google";
const IDS = Object.keys(DEAD_ADDRESSES) as DeadAddressId[];
const MODES = [
  { stream: true, delivery: "live" },
  { stream: true, delivery: "whole" },
  { stream: false, delivery: "whole" },
];
const HARMLESS_MS = 3_000;

/** Each pair's first account leads nowhere, for a reason of its own. */
const DEAD = PAIRS.flatMap(({ functionSlug, chain }, at) => {
  const id = IDS[at];
  return id === undefined ? [] : [{ id, functionSlug, provider: chain[0]?.provider ?? "" }];
});

describe.each(MOUNTS)("addresses that no call gets through to, over the %s mount", (mount) => {
  let upstream: FaultUpstream;
  let addresses: DeadAddresses;
  let gateway: FaultGateway;

  beforeAll(async () => {
    upstream = await openFaultUpstream();
    addresses = await openDeadAddresses();
    const dead = DEAD.map(({ id, provider }) => [provider, `${addresses.url(id)}/v1`]);
    const accounts = Object.fromEntries([...dead, [HEALTHY, upstream.laneUrl(HEALTHY)]]);
    gateway = await openFaultGateway(mount, accounts, {});
  });
  afterAll(async () => {
    await gateway?.close();
    await addresses?.close();
    await upstream?.close();
  });

  const messages = [{ role: "user" as const, content: "Please answer." }];
  const caller = () => ({ baseUrl: gateway.baseUrl, apiKey: gateway.apiKey("usual") });

  describe.each(DEAD)("$id", ({ functionSlug }) => {
    test.each(MODES)("is passed over for a target that is well ($delivery, stream: $stream)", async (mode) => {
      const body = { model: functionSlug, messages, stream: mode.stream };
      const headers = { "x-switchyard-delivery": mode.delivery };
      for (const call of [callByFetch, callByClient]) {
        const outcome = await call(caller(), body, headers);
        expect(outcome).toMatchObject({
          status: 200,
          text: tokensFor(null).join(""),
          finishReason: "stop",
          broke: null,
        });
        expect(outcome.headers.get("x-switchyard-provider")).toBe(HEALTHY);
        expect(outcome.ms).toBeLessThan(HARMLESS_MS);
      }
    });
  });

  test.each(DEAD)("$id alone is an honest error that names no address", async ({ id, provider }) => {
    const body = { model: `${provider}/alone`, messages, stream: true };
    const before = addresses.connectionCount(id) ?? 0;
    const outcome: Outcome = await callByFetch(caller(), body, {});
    expect(judgeRefused({ outcome }, { status: 502, code: "all_targets_failed", canRetry: true })).toEqual([]);
    expect(outcome.raw).not.toMatch(/127\.0\.0\.1|\.invalid/);
    expect(outcome.raw).toContain('"kind":"network"');
    expect(outcome.ms).toBeLessThan(HARMLESS_MS);
    expect((addresses.connectionCount(id) ?? 0) - before).toBeLessThanOrEqual(3);
  });
});
