import { describe, expect, test } from "vitest";
import { DEMO_CONNECTION, makePrincipal, makeSnapshot } from "#e2e/isolation/support/gateway.ts";
import { planRoute } from "./plan.ts";
import { resolveWork, type Work } from "./resolve-work.ts";

const fnOf = (): Work => resolveWork(makeSnapshot(), makePrincipal(), "triage", undefined);
const named = (provider: string, model: string): Work => ({ kind: "model", provider, model });
const order = (plan: ReturnType<typeof planRoute>) => plan.targets.map(({ pricedAs, model }) => `${pricedAs}/${model}`);

test("the same snapshot and the same facts give the same plan, and neither is changed by it", () => {
  const snapshot = makeSnapshot();
  const before = structuredClone(snapshot);
  const needs = [{ capability: "tools", param: "tools" }] as const;
  expect(planRoute(snapshot, fnOf(), needs)).toEqual(planRoute(makeSnapshot(), fnOf(), needs));
  expect(snapshot).toEqual(before);
});

describe("the tier picks the chain, in its order", () => {
  test.each([
    ["performance", ["acme/large", "other/basic"]],
    ["balanced", ["acme/small", "acme/large", "other/basic"]],
    ["economy", ["other/basic"]],
  ] as const)("%s", (tier, expected) => {
    const plan = planRoute(makeSnapshot({ tier }), fnOf(), []);
    expect(order(plan)).toEqual(expected);
    expect(plan).toMatchObject({ functionSlug: "triage", tier, mode: "platform-managed", routeVersion: 7 });
    expect(plan.excluded).toEqual([]);
  });

  test("each target says why it stands where it does", () => {
    expect(planRoute(makeSnapshot(), fnOf(), []).targets.map(({ reason }) => reason)).toEqual([
      "first choice of triage in the balanced tier",
      "fallback 1 of triage in the balanced tier",
      "fallback 2 of triage in the balanced tier",
    ]);
  });

  test("targets carry the function's defaults and what their model refuses", () => {
    const [first, second] = planRoute(makeSnapshot(), fnOf(), []).targets;
    expect(first).toMatchObject({ defaults: { temperature: 0.2, maxOutputTokens: 400 }, refuses: ["temperature"] });
    expect(second).toMatchObject({ refuses: [] });
  });
});

describe("what cannot serve the call is left out, with its reason", () => {
  test("models that lack what the request needs name the field that needs it", () => {
    const need = { capability: "vision", param: "messages[0].content" } as const;
    const plan = planRoute(makeSnapshot(), fnOf(), [need]);
    expect(order(plan)).toEqual(["acme/large"]);
    expect(plan.excluded).toEqual([
      { provider: "acme", model: "small", reason: "small does not take images", param: "messages[0].content" },
      { provider: "other", model: "basic", reason: "basic does not take images", param: "messages[0].content" },
    ]);
  });

  test("providers without an account", () => {
    const connections = makeSnapshot().connections.filter(({ provider }) => provider === "other");
    const plan = planRoute(makeSnapshot({ connections }), fnOf(), []);
    expect(order(plan)).toEqual(["other/basic"]);
    expect(plan.excluded.map(({ model, reason, param }) => [model, reason, param])).toEqual([
      ["small", "the platform has no account at acme", null],
      ["large", "the platform has no account at acme", null],
    ]);
  });

  test("a function without a chain has no target", () => {
    expect(planRoute(makeSnapshot({ chains: new Map() }), fnOf(), [])).toMatchObject({ targets: [], excluded: [] });
  });
});

describe("the demo connection", () => {
  test("stands in for every provider when it is the only one, priced as the model it plays", () => {
    const snapshot = makeSnapshot({ connections: [], demoConnection: DEMO_CONNECTION });
    const { targets, excluded } = planRoute(snapshot, fnOf(), []);
    expect(targets.map(({ provider, pricedAs }) => [provider, pricedAs])).toEqual([
      ["demo", "acme"],
      ["demo", "acme"],
      ["demo", "other"],
    ]);
    expect(targets.every(({ connection }) => connection.isSimulated)).toBe(true);
    expect(excluded).toEqual([]);
  });

  test("is not planned when there are real connections", () => {
    const plan = planRoute(makeSnapshot(), fnOf(), []);
    expect(plan.targets.some(({ connection }) => connection.isSimulated)).toBe(false);
  });
});

describe("a model named by the caller", () => {
  test("is the only target, chosen by no tier and without a function's defaults", () => {
    const plan = planRoute(makeSnapshot(), named("acme", "small"), []);
    expect(order(plan)).toEqual(["acme/small"]);
    expect(plan).toMatchObject({ functionSlug: null, tier: null });
    expect(plan.targets[0]).toMatchObject({ defaults: {}, refuses: ["temperature"], reason: "named by the caller" });
  });

  test("is taken at the caller's word when the catalog does not know it", () => {
    const plan = planRoute(makeSnapshot(), named("acme", "brand-new"), [{ capability: "vision", param: "messages" }]);
    expect(order(plan)).toEqual(["acme/brand-new"]);
  });
});
