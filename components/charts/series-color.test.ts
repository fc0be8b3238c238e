import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PROVIDERS } from "#lib/providers/registry/index.ts";
import { providerColor } from "./series-color.ts";

const tokens = readFileSync(new URL("../../app/tokens.css", import.meta.url), "utf8");
const colors = ["demo", "none", ...PROVIDERS.map(({ id }) => id)].map(providerColor);

test("no two providers have the same colour", () => {
  expect(colors.filter((color, at) => colors.indexOf(color) !== at)).toEqual([]);
});

test("each colour is a token", () => {
  const missing = colors.filter((color) => !tokens.includes(`${/^var\((.*)\)$/.exec(color)?.[1]}:`));
  expect(missing).toEqual([]);
});
