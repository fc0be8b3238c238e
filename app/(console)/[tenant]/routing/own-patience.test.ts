import { expect, test } from "vitest";
import { formatPatience } from "#lib/format/patience.ts";
import type { RouteConfig } from "./edit-config.ts";
import { ownPatienceOf } from "./own-patience.ts";

const config: RouteConfig = {
  mode: "bring-your-own",
  tier: "balanced",
  chain: [
    { provider: "openai", model: "gpt-5.5", connectionId: "second", maxRetries: 0 },
    { provider: "openai", model: "gpt-5.5", connectionId: null, firstTokenTimeoutMs: 6_000 },
    { provider: "groq", model: "gpt-oss-20b", connectionId: null },
  ],
  overrides: { "ticket-triage": [{ provider: "openai", model: "gpt-5.5", connectionId: null, maxRetries: 2 }] },
};
const target = { owner: "tenant", provider: "openai", model: "gpt-5.5", connectionId: "first" } as const;
const shown = (slug: string, part: Partial<Parameters<typeof ownPatienceOf>[2]> = {}, changed = config) =>
  formatPatience(ownPatienceOf(changed, slug, { ...target, ...part }));

test("a target has what its function's chain says of it", () => {
  expect(shown("email-classification")).toBe("6 s to its first token");
  expect(shown("ticket-triage")).toBe("2 retries");
});

test("a connection that the chain names has what is said of it there", () => {
  expect(shown("email-classification", { connectionId: "second" })).toBe("no retry");
});

test("what is as usual is not said", () => {
  expect(shown("email-classification", { provider: "groq", model: "gpt-oss-20b" })).toBe("");
  expect(shown("email-classification", { owner: "platform" })).toBe("");
  expect(shown("email-classification", {}, { ...config, mode: "platform-managed" })).toBe("");
});
