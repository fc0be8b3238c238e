import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const css = readFileSync(fileURLToPath(new URL("./tokens.css", import.meta.url)), "utf8");
const light = tokensOf(":root");
const themes = { light, dark: { ...light, ...tokensOf('[data-theme="dark"]') } };

const TEXT = ["ink", "ink-muted", "ink-subtle", "good", "warn", "bad", "accent-line"];
const GROUNDS = ["canvas", "surface", "sunken", "hover"];
const FILLED = [
  ["accent-ink", "accent"],
  ["accent-ink", "accent-hover"],
  ["accent-line", "accent-soft"],
  ["ink-muted", "accent-soft"],
  ["good", "good-soft"],
  ["warn", "warn-soft"],
  ["ink-muted", "warn-soft"],
  ["bad", "bad-soft"],
  ["ink-muted", "bad-soft"],
] as const;
const MARKS = ["line-strong", "accent-line", "focus", ...Array.from({ length: 8 }, (_, at) => `series-${at + 1}`)];

describe.each(Object.entries(themes))("the %s theme", (_, tokens) => {
  test.each(TEXT.flatMap((text) => GROUNDS.map((ground) => [text, ground] as const)))(
    "%s can be read on %s",
    (text, ground) => expect(contrast(tokens, text, ground)).toBeGreaterThanOrEqual(4.5),
  );

  test.each(FILLED)("%s can be read on %s", (text, ground) => {
    expect(contrast(tokens, text, ground)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(MARKS)("%s stands out from canvas and surface", (mark) => {
    expect(contrast(tokens, mark, "surface")).toBeGreaterThanOrEqual(3);
    expect(contrast(tokens, mark, "canvas")).toBeGreaterThanOrEqual(3);
  });
});

function tokensOf(selector: string): Record<string, string> {
  const block = css.slice(css.indexOf(`${selector} {`)).split("}")[0] ?? "";
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
  );
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(tokens: Record<string, string>, a: string, b: string): number {
  const [lighter, darker] = [luminance(tokens[a]), luminance(tokens[b])].sort((x, y) => y - x) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: string | undefined): number {
  if (!color) throw new Error("There is no such token.");
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
