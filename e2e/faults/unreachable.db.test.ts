import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MOUNTS } from "#e2e/support/gateway.ts";
import { callByClient, callByFetch, type Outcome } from "./matrix/call.ts";
import { judgeRefused } from "./matrix/judge.ts";
import { type FaultGateway, openFaultGateway, type TenantSlug } from "./matrix/open-gateway.ts";
import {
  DEAD_ADDRESSES,
  type DeadAddresses,
  type DeadAddressId,
  openDeadAddresses,
} from "./upstream/dead-addresses.ts";
import { type FaultUpstream, openFaultUpstream, tokensFor } from "./upstream/open-upstream.ts";

/** Whose account leads nowhere, and a function that asks that provider first and Google or Mistral later. */
const DEAD: Readonly<Record<DeadAddressId, { provider: string; tenant: TenantSlug; functionSlug: string }>> = {
  refused: { provider: "openai", tenant: "economy", functionSlug: "entity-extraction" },
  dns: { provider: "groq", tenant: "economy", functionSlug: "data-enrichment" },
  "tls-self-signed": { provider: "anthropic", tenant: "balanced", functionSlug: "email-classification" },
  "tls-handshake": { provider: "azure-openai", tenant: "balanced", functionSlug: "" },
};
const IDS = Object.keys(DEAD_ADDRESSES) as DeadAddressId[];
const MODES = [
  { stream: true, delivery: "live" },
  { stream: true, delivery: "whole" },
  { stream: false, delivery: "whole" },
];
const HARMLESS_MS = 3_000;

describe.each(MOUNTS)("addresses that no call gets through to, over the %s mount", (mount) => {
  let upstream: FaultUpstream;
  let addresses: DeadAddresses;
  let gateway: FaultGateway;

  beforeAll(async () => {
    upstream = await openFaultUpstream();
    addresses = await openDeadAddresses();
    const dead = IDS.map((id) => [DEAD[id].provider, `${addresses.url(id)}/v1`]);
    const alive = ["google", "mistral"].map((provider) => [provider, upstream.laneUrl(provider)]);
    gateway = await openFaultGateway(mount, Object.fromEntries([...dead, ...alive]), { LOG_LEVEL: "error" });
  });
  afterAll(async () => {
    await gateway?.close();
    await addresses?.close();
    await upstream?.close();
  });

  const messages = [{ role: "user" as const, content: "Please answer." }];
  const callerOf = (tenant: TenantSlug) => ({ baseUrl: gateway.baseUrl, apiKey: gateway.apiKey(tenant) });

  describe.each(IDS.filter((id) => DEAD[id].functionSlug !== ""))("%s", (id) => {
    const { functionSlug, tenant } = DEAD[id];

    test.each(MODES)("is passed over for a target that is well ($delivery, stream: $stream)", async (mode) => {
      const body = { model: functionSlug, messages, stream: mode.stream };
      const headers = { "x-switchyard-delivery": mode.delivery };
      for (const call of [callByFetch, callByClient]) {
        const outcome = await call(callerOf(tenant), body, headers);
        expect(outcome).toMatchObject({
          status: 200,
          text: tokensFor(null).join(""),
          finishReason: "stop",
          broke: null,
        });
        expect(outcome.headers.get("x-switchyard-provider")).toBe("google");
        expect(outcome.ms).toBeLessThan(HARMLESS_MS);
      }
    });
  });

  test.each(IDS)("%s alone is an honest error that names no address", async (id) => {
    const { provider, tenant } = DEAD[id];
    const body = { model: `${provider}/alone`, messages, stream: true };
    const before = addresses.connectionCount(id) ?? 0;
    const outcome: Outcome = await callByFetch(callerOf(tenant), body, {});
    expect(judgeRefused({ outcome }, { status: 502, code: "all_targets_failed", canRetry: true })).toEqual([]);
    expect(outcome.raw).not.toMatch(/127\.0\.0\.1|\.invalid/);
    expect(outcome.raw).toContain('"kind":"network"');
    expect(outcome.ms).toBeLessThan(HARMLESS_MS);
    expect((addresses.connectionCount(id) ?? 0) - before).toBeLessThanOrEqual(3);
  });
});
