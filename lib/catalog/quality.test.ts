import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { MODELS } from "./models.ts";
import { LIVEBENCH } from "./quality/livebench.ts";
import { MEASURED_AS } from "./quality/measured-as.ts";
import { EFFORT_SCALE, QUALITY } from "./quality.ts";

const KEYS = new Set(MODELS.map(({ provider, id }) => `${provider}/${id}`));

describe("published quality", () => {
  test("every figure is of a model that the catalog has", () => {
    expect(Object.keys(QUALITY).filter((key) => !KEYS.has(key))).toEqual([]);
  });

  test("every run that is on record is some model's", () => {
    const used = new Set<string>(Object.values(MEASURED_AS).map(({ run }) => run));
    expect(Object.keys(LIVEBENCH).filter((run) => !used.has(run))).toEqual([]);
  });

  test("a model counts alike wherever it is served", () => {
    for (const [ours, theirs] of [
      ["openai", "azure-openai"],
      ["google", "vertex"],
    ]) {
      for (const key of Object.keys(QUALITY).filter((one) => one.startsWith(`${ours}/`))) {
        expect(QUALITY[key.replace(`${ours}/`, `${theirs}/`)]).toEqual(QUALITY[key]);
      }
    }
  });

  test("thinking harder writes more", () => {
    const { none, low, medium, high } = EFFORT_SCALE;
    expect([none, low, medium, high]).toEqual([none, low, medium, high].toSorted((one, other) => one - other));
    expect(none).toBe(0);
  });
});

describe("figures against their source", () => {
  const folder = process.env.QUALITY_DIR;
  if (!folder) console.log("Skipped: our quality figures against LiveBench's table (QUALITY_DIR is unset).");

  test.skipIf(!folder)("every figure is LiveBench's own, to the decimal that we keep", () => {
    const read = (name: string) => readFileSync(path.join(folder ?? "", name), "utf8");
    const tasks: Record<string, string[]> = JSON.parse(read("livebench_categories_2026_01_08.json"));
    const [header = [], ...rows] = read("livebench_table_2026_01_08.csv")
      .trim()
      .split("\n")
      .map((line) => line.trim().split(","));
    const names = {
      reasoning: "Reasoning",
      dataAnalysis: "Data Analysis",
      language: "Language",
      instructionFollowing: "IF",
    };
    for (const [run, { scores }] of Object.entries(LIVEBENCH)) {
      const row = rows.find(([name]) => name === run) ?? [];
      for (const [category, name] of Object.entries(names)) {
        const figures = (tasks[name] ?? []).map((one) => Number(row[header.indexOf(one)]));
        const mean = figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
        expect(scores[category as keyof typeof names], `${run}, ${category}`).toBeCloseTo(mean, 1);
      }
    }
  });
});
