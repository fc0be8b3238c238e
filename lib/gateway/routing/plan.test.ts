import { describe, expect, test } from "vitest";
import { DEMO_CONNECTION, makeConnection, makePrincipal, makeSnapshot } from "#e2e/isolation/support/gateway.ts";
import type { RoutingSnapshot } from "../contract/snapshot.ts";
import type { RequestNeed } from "../contract/wire.ts";
import type { TargetHealth } from "../ports.ts";
import { type PlanFacts, planRoute, type RoutePlan } from "./plan.ts";
import { resolveWork } from "./resolve-work.ts";
import type { Work } from "./work.ts";

const READY: TargetHealth = { state: "ready", waitMs: 0 };

function facts(part: Partial<PlanFacts> = {}): PlanFacts {
  return { wire: "openai-chat", needs: [], hints: [], health: () => READY, ...part };
}

function functionOf(slug = "triage", wire: PlanFacts["wire"] = "openai-chat"): Work {
  return resolveWork(makeSnapshot(), makePrincipal(), { wire, functionHeader: undefined, model: slug });
}

const named = (provider: string, model: string): Work => ({ kind: "model", provider, model });
const plan = (snapshot: Partial<RoutingSnapshot> = {}, part: Partial<PlanFacts> = {}, work = functionOf()) =>
  planRoute(makeSnapshot(snapshot), work, facts(part));
const order = ({ targets }: RoutePlan) => targets.map(({ pricedAs, model }) => `${pricedAs}/${model}`);

test("the same snapshot and the same facts give the same plan, and neither is changed by it", () => {
  const snapshot = makeSnapshot();
  const before = structuredClone(snapshot);
  const asked = { needs: [{ feature: "tools", param: "tools" }], hints: [{ hint: "user", param: "user" }] } as const;
  expect(planRoute(snapshot, functionOf(), facts(asked))).toEqual(plan({}, asked));
  expect(snapshot).toEqual(before);
});

describe("the tier picks the chain, in its order", () => {
  test.each([
    ["performance", ["acme/large", "other/basic"]],
    ["balanced", ["acme/small", "acme/large", "other/basic"]],
    ["economy", ["other/basic"]],
  ] as const)("%s", (tier, expected) => {
    const planned = plan({ tier });
    expect(order(planned)).toEqual(expected);
    expect(planned).toMatchObject({ functionSlug: "triage", tier, mode: "platform-managed", routeVersion: 7 });
    expect(planned.excluded).toEqual([]);
  });

  test("each target says why it stands where it does", () => {
    expect(plan().targets.map(({ reason }) => reason)).toEqual([
      "first choice of triage in the balanced tier",
      "fallback 1 of triage in the balanced tier",
      "fallback 2 of triage in the balanced tier",
    ]);
  });

  test("targets carry the function's defaults and what is known of their model", () => {
    const prefix = { provider: "acme", id: "large", name: "L", contextTokens: 5, capabilities: [] };
    const models = new Map([...makeSnapshot().models, ["acme/large", { ...prefix, prefill: "prefix-flag" as const }]]);
    const [first, second] = plan({ models }).targets;
    expect(first).toMatchObject({
      defaults: { temperature: 0.2, maxOutputTokens: 400 },
      refuses: ["temperature"],
      contextTokens: 100_000,
      prefill: null,
    });
    expect(second).toMatchObject({ refuses: [], contextTokens: 5, prefill: "prefix-flag" });
  });
});

describe("several accounts at one provider", () => {
  const [first, second] = ["first", "second"].map((id) => makeConnection("acme", { id })) as [never, never];

  test("are tried one after the other for a model, before the next model", () => {
    const { targets } = plan({ connections: [first, makeConnection("other"), second] });
    expect(targets.map(({ connection, model }) => `${connection.id} ${model}`)).toEqual([
      "first small",
      "second small",
      "first large",
      "second large",
      "platform:other basic",
    ]);
  });

  test("are each as well as they are", () => {
    const health = (id: string): TargetHealth => (id === "first" ? { state: "open", waitMs: 5 } : READY);
    const { targets, excluded } = plan({ connections: [first, second] }, { health });
    expect(targets.map(({ connection }) => connection.id)).toEqual(["second", "second"]);
    expect(excluded.map(({ cause }) => cause)).toEqual(["open", "open", "no-account"]);
  });
});

describe("what cannot serve the call is left out, with its reason", () => {
  test("models that lack what the request needs name the field that needs it", () => {
    const need: RequestNeed = { feature: "vision", param: "messages[0].content[1]" };
    const planned = plan({}, { needs: [need] });
    expect(order(planned)).toEqual(["acme/large"]);
    const left = { param: need.param, waitMs: null, cause: "incapable" };
    expect(planned.excluded).toEqual([
      { provider: "acme", model: "small", reason: "small does not take images", ...left },
      { provider: "other", model: "basic", reason: "basic does not take images", ...left },
    ]);
  });

  test("providers without an account", () => {
    const connections = makeSnapshot().connections.filter(({ provider }) => provider === "other");
    const planned = plan({ connections });
    expect(order(planned)).toEqual(["other/basic"]);
    const left = { provider: "acme", reason: "the platform has no account at acme", param: null, waitMs: null };
    expect(planned.excluded).toEqual([
      { model: "small", ...left, cause: "no-account" },
      { model: "large", ...left, cause: "no-account" },
    ]);
  });

  test("a function without a chain has no target", () => {
    expect(plan({ chains: new Map() })).toMatchObject({ targets: [], excluded: [] });
  });
});

describe("targets that rest", () => {
  const resting = (state: TargetHealth["state"], waitMs: number) => (_: string, model: string) =>
    model === "small" ? { state, waitMs } : READY;

  test.each([
    ["open", "small failed too often and is tried again in 5 s"],
    ["cooling", "small asked for patience and is tried again in 5 s"],
  ] as const)("%s: left out, for how long is said", (state, reason) => {
    const planned = plan({}, { health: resting(state, 4_001) });
    expect(order(planned)).toEqual(["acme/large", "other/basic"]);
    const left = { provider: "acme", model: "small", param: null };
    expect(planned.excluded).toEqual([{ ...left, reason, waitMs: 4_001, cause: state }]);
  });

  test("one whose probe is due keeps its place, and says that it is one", () => {
    const planned = plan({}, { health: resting("open", 0) });
    expect(order(planned)).toEqual(["acme/small", "acme/large", "other/basic"]);
    expect(planned.targets.map(({ reason }) => reason.endsWith(", probed after failures"))).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("are asked about by their account and model", () => {
    const asked: string[] = [];
    const health = (id: string, model: string) => {
      asked.push(`${id} ${model}`);
      return READY;
    };
    plan({}, { health });
    expect(asked).toEqual(["platform:acme small", "platform:acme large", "platform:other basic"]);
  });
});

describe("hints that a translation does not carry", () => {
  const translation = { features: [], hints: ["user"], thoughts: [] } as const;
  const connections = [makeConnection("acme"), makeConnection("other", { wires: [], translation })];
  const hints = [
    { hint: "user", param: "user" },
    { hint: "metadata", param: "metadata" },
  ] as const;

  test("are left out, said with the target, and cost it no place", () => {
    const { targets } = plan({ connections }, { hints });
    expect(targets.map(({ via, leavesOut }) => [via, leavesOut])).toEqual([
      ["native", []],
      ["native", []],
      ["translation", ["metadata"]],
    ]);
  });
});

describe("the demo connection", () => {
  const demo = { connections: [], demoConnection: DEMO_CONNECTION };

  test("stands in for every provider when it is the only one, priced as the model it plays", () => {
    const { targets, excluded } = plan(demo);
    expect(targets.map(({ provider, pricedAs }) => [provider, pricedAs])).toEqual([
      ["demo", "acme"],
      ["demo", "acme"],
      ["demo", "other"],
    ]);
    expect(targets.every(({ connection }) => connection.isSimulated)).toBe(true);
    expect(excluded).toEqual([]);
  });

  test("plays only what the model could do", () => {
    expect(order(plan(demo, { needs: [{ feature: "vision", param: "messages" }] }))).toEqual(["acme/large"]);
  });

  test("is not planned when there are real connections", () => {
    expect(plan({ demoConnection: DEMO_CONNECTION }).targets.some(({ connection }) => connection.isSimulated)).toBe(
      false,
    );
  });
});

describe("a model named by the caller", () => {
  test("is the only target, chosen by no tier and without a function's defaults", () => {
    const planned = plan({}, {}, named("acme", "small"));
    expect(order(planned)).toEqual(["acme/small"]);
    expect(planned).toMatchObject({ functionSlug: null, tier: null });
    expect(planned.targets[0]).toMatchObject({ defaults: {}, refuses: ["temperature"], reason: "named by the caller" });
  });

  test("is taken at the caller's word when the catalog does not know it", () => {
    const planned = plan({}, { needs: [{ feature: "vision", param: "messages" }] }, named("acme", "brand-new"));
    expect(order(planned)).toEqual(["acme/brand-new"]);
    expect(planned.targets[0]).toMatchObject({ contextTokens: null, prefill: null, refuses: [] });
  });
});

describe("embeddings", () => {
  const refs = [
    { provider: "acme", model: "vectors" },
    { provider: "other", model: "vectors" },
    { provider: "other", model: "newer" },
  ];
  const chains = new Map([["search", { performance: refs, balanced: refs, economy: refs }]]);
  const wires = ["openai-embeddings"] as const;
  const [acme, other] = ["acme", "other"].map((provider) => makeConnection(provider, { wires })) as [never, never];
  const work = functionOf("search", "openai-embeddings");
  const embeddings = { wire: "openai-embeddings" } as const;

  test("go to one model, wherever it is served: another one's vectors would spoil the caller's index", () => {
    const planned = plan({ chains, connections: [acme, other] }, embeddings, work);
    expect(order(planned)).toEqual(["acme/vectors", "other/vectors"]);
    expect(planned.excluded).toEqual([
      {
        provider: "other",
        model: "newer",
        reason: "newer makes other vectors than vectors",
        param: null,
        waitMs: null,
        cause: "other-vectors",
      },
    ]);
  });

  test("do not go to another model while the first one rests", () => {
    const health = (_: string, model: string): TargetHealth =>
      model === "vectors" ? { state: "open", waitMs: 9 } : READY;
    const planned = plan({ chains, connections: [acme, other] }, { ...embeddings, health }, work);
    expect(planned.targets).toEqual([]);
    expect(planned.excluded.map(({ cause }) => cause)).toEqual(["open", "open", "other-vectors"]);
  });
});

test("why a key cannot be opened is a part of the reason, which whoever shows it ends", () => {
  const connections = [
    makeConnection("acme", { unopened: "The key is missing: add it again." }),
    makeConnection("other"),
  ];
  expect(plan({ connections }).excluded[0]?.reason).toMatch(
    /cannot be called by acme: The key is missing: add it again$/,
  );
});
