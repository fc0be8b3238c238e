import { expect, test } from "vitest";
import { type FunctionRow, firstPick, isSameTarget, type Target, tierOf } from "./tiers.ts";

const target = (model: string, isUsable: boolean): Target => ({
  provider: "openai",
  providerName: "OpenAI",
  model,
  modelName: model,
  isUsable,
  isSimulated: false,
  inputNanoUsdPerMillion: null,
  outputNanoUsdPerMillion: null,
});
const row: FunctionRow = {
  slug: "triage",
  name: "Triage",
  description: "",
  needs: { contextTokens: 16_000, capabilities: [] },
  chains: { performance: [target("a", false), target("b", true)], balanced: [target("a", false)], economy: [] },
};

test("the first pick is what a call would reach, past targets that cannot be used", () => {
  expect(firstPick(row, "performance")?.model).toBe("b");
});

test("there is no pick where nothing can be used", () => {
  expect(firstPick(row, "balanced")).toBeNull();
  expect(firstPick(row, "economy")).toBeNull();
});

test("a model is told from another, and from none", () => {
  expect(isSameTarget(target("a", true), target("a", false))).toBe(true);
  expect(isSameTarget(target("a", true), target("b", true))).toBe(false);
  expect(isSameTarget(target("a", true), null)).toBe(false);
  expect(isSameTarget(null, null)).toBe(true);
});

test("a function's own tier outweighs the tier of all functions", () => {
  const mode = { functionTiers: { triage: "economy" as const } };
  expect(tierOf(mode, "triage", "performance")).toBe("economy");
  expect(tierOf(mode, "search", "performance")).toBe("performance");
});
