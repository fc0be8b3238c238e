import { expect, test } from "vitest";
import { moveTarget, type RouteConfig, tierOf, withFunctionTier, withOverride } from "./edit-config.ts";

const target = (model: string) => ({ provider: "openai", model, connectionId: null });
const chain = [target("a"), target("b"), target("c")];
const config: RouteConfig = { mode: "bring-your-own", tier: "balanced", chain };
const models = (moved: readonly { model: string }[]) => moved.map(({ model }) => model).join("");

test("a target goes up or down, however far", () => {
  expect(models(moveTarget(chain, 1, 0))).toBe("bac");
  expect(models(moveTarget(chain, 1, 2))).toBe("acb");
  expect(models(moveTarget(chain, 0, 2))).toBe("bca");
  expect(models(moveTarget(chain, 2, 0))).toBe("cab");
});

test("the first cannot go up nor the last down, and nothing is lost", () => {
  expect(models(moveTarget(chain, 0, -1))).toBe("abc");
  expect(models(moveTarget(chain, 2, 3))).toBe("abc");
  expect(models(moveTarget(chain, 9, 1))).toBe("abc");
});

test("a function gets a chain of its own and gives it back, and others keep theirs", () => {
  const both = withOverride(withOverride(config, "triage", chain), "search", [target("d")]);
  const { overrides } = withOverride(both, "triage", null);
  expect(overrides).toEqual({ search: [target("d")] });
  expect(config.overrides).toBeUndefined();
});

test("a function without a tier of its own has that of all functions", () => {
  const own = withFunctionTier(config, "triage", "economy");
  expect(tierOf(own, "triage")).toBe("economy");
  expect(tierOf(withFunctionTier(own, "triage", null), "triage")).toBe("balanced");
});
