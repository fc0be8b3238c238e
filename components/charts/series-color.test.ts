import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PROVIDERS } from "#lib/providers/registry/index.ts";
import { PROVIDER_SERIES, providerColor } from "./series-color.ts";

const tokens = readFileSync(new URL("../../app/tokens.css", import.meta.url), "utf8");

test("no two providers have the same colour of their own", () => {
  const colors = ["demo", "none", ...Object.keys(PROVIDER_SERIES)].map(providerColor);
  expect(colors.filter((color, at) => colors.indexOf(color) !== at)).toEqual([]);
});

test("each provider has a colour that is a token, one that was just added too", () => {
  const colors = ["demo", "none", "just-added", ...PROVIDERS.map(({ id }) => id)].map(providerColor);
  expect(colors.filter((color) => !tokens.includes(`${/^var\((.*)\)$/.exec(color)?.[1]}:`))).toEqual([]);
});
