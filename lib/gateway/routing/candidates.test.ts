import { expect, test } from "vitest";
import { makeConnection, makePrincipal, makeSnapshot } from "#e2e/isolation/support/gateway.ts";
import { findCandidates } from "./candidates.ts";
import { resolveWork } from "./resolve-work.ts";

test("a tenant's own chain has its own patience with a target; the platform's chains have none", () => {
  const own = makeConnection("acme", { id: "own", owner: "tenant" });
  const patience = { firstTokenTimeoutMs: 2_000, maxRetries: 0 };
  const chain = [
    { provider: "acme", model: "large", connectionId: null, ...patience },
    { provider: "acme", model: "small", connectionId: "own" },
  ];
  const snapshot = makeSnapshot({
    mode: "bring-your-own",
    hasPlatformFallback: true,
    ownChains: { overrides: new Map(), fallback: chain },
    connections: [own, makeConnection("acme"), makeConnection("other")],
  });
  const asked = { wire: "openai-chat", functionHeader: undefined, model: "triage" } as const;
  const candidates = findCandidates(snapshot, resolveWork(snapshot, makePrincipal(), asked));
  expect(candidates.map(({ model, patience }) => [model, patience])).toEqual([
    ["large", patience],
    ["small", {}],
    ["small", {}],
    ["large", {}],
    ["basic", {}],
  ]);
});
