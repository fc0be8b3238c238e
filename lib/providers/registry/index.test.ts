import { describe, expect, test } from "vitest";
import type { ProviderEntry } from "./entry.ts";
import { findProviderEntry, PROVIDERS } from "./index.ts";
import { resolveAccount } from "./resolve-account.ts";

const ids = PROVIDERS.map(({ id }) => id);
const word = (name: string) => name.replaceAll("-", "_").replace(/[A-Z]/g, "_$&").toUpperCase();

/** Everything that is filled in: base URLs and paths. */
function patterns({ baseUrl, regionalBaseUrls, wires }: ProviderEntry): string[] {
  const paths = Object.values(wires).flatMap(({ path, pathBelow }) => [path, ...Object.values(pathBelow ?? {})]);
  return [...(baseUrl === null ? [] : [baseUrl]), ...Object.values(regionalBaseUrls ?? {}), ...paths];
}

test("no two providers share an id or a name", () => {
  expect(new Set(ids).size).toBe(PROVIDERS.length);
  expect(new Set(PROVIDERS.map(({ name }) => name)).size).toBe(PROVIDERS.length);
});

test("a provider is found by its id, and one that there is not is null", () => {
  for (const entry of PROVIDERS) expect(findProviderEntry(entry.id)).toBe(entry);
  expect(findProviderEntry("nobody")).toBeNull();
  expect(findProviderEntry("constructor")).toBeNull();
});

test("every variable of the environment means one field of one provider", () => {
  const names = PROVIDERS.flatMap(({ id, fields }) => fields.map((field) => `PLATFORM_${word(id)}_${word(field.id)}`));
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  expect(names.filter((name) => !/^[A-Z][A-Z0-9_]+$/.test(name))).toEqual([]);
});

describe.each(PROVIDERS.map((entry) => [entry.id, entry] as const))("%s", (_, entry) => {
  const fieldIds = entry.fields.map(({ id }) => id);

  test("says where its facts stand", () => {
    expect(entry.docsUrl).toMatch(/^https:\/\/[^\s]+$/);
  });

  test("has every placeholder as a field", () => {
    const names = patterns(entry).flatMap((pattern) => [...pattern.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    expect(names.filter((name) => name !== "model" && !fieldIds.includes(name as string))).toEqual([]);
  });

  test("has addresses that are https, and paths that begin with a slash and are no address", () => {
    const addresses = [entry.baseUrl, ...Object.values(entry.regionalBaseUrls ?? {})].filter((one) => one !== null);
    for (const address of addresses) expect(address).toMatch(/^https:\/\/.*[^/]$/);
    for (const { path, pathBelow } of Object.values(entry.wires)) {
      for (const one of [path, ...Object.values(pathBelow ?? {})]) expect(one).toMatch(/^\/[a-z]/);
    }
  });

  test("has an address of its own, or asks for it", () => {
    const field = entry.fields.find(({ id }) => id === "baseUrl");
    expect(field?.isRequired).toBe(entry.baseUrl === null);
  });

  test("names each field once, with a label and a sentence", () => {
    expect(new Set(fieldIds).size).toBe(fieldIds.length);
    for (const { label, hint } of entry.fields) {
      expect(label).toMatch(/^[A-Z]/);
      expect(hint).toMatch(/^[A-Z].*\.$/);
    }
  });

  test("lets a field stand in only for one that there is", () => {
    const alternatives = entry.fields.flatMap(({ unless }) => (unless === undefined ? [] : [unless]));
    expect(alternatives.filter((id) => !fieldIds.includes(id))).toEqual([]);
  });

  test("keeps what proves whose a request is secret", () => {
    const secret = entry.fields.filter(({ id }) => /key|token|secret|serviceAccount/i.test(id));
    expect(secret.length).toBeGreaterThan(0);
    expect(secret.filter(({ isSecret }) => !isSecret)).toEqual([]);
  });

  test("asks for usage or leaves it, in every chat stream", () => {
    const chat = entry.wires["openai-chat"];
    if (chat !== undefined) expect(chat.streamUsage).toMatch(/^(on-request|always)$/);
  });

  test("can be reached somehow, and does no more than its wires carry", () => {
    expect(entry.translation !== null || Object.keys(entry.wires).length > 0).toBe(true);
    if ("openai-embeddings" in entry.wires) expect(entry.capabilities).toContain("embeddings");
  });

  test("waits longer for a server of the tenant's own than for a cloud", () => {
    const expected = entry.hosting === "cloud" ? [60_000, 30_000] : [300_000, 120_000];
    expect([entry.timeouts.firstTokenMs, entry.timeouts.idleMs]).toEqual(expected);
  });

  test("lists what is missing of an account with nothing", () => {
    const { problems } = resolveAccount(entry, {});
    const required = entry.fields.filter(({ isRequired }) => isRequired).map(({ id }) => id);
    expect(problems?.map(({ field }) => field)).toEqual(required);
  });
});

describe("providers reached only over their own wires, because their OpenAI-compatible ones leave fields out", () => {
  test.each(["anthropic", "google", "vertex", "bedrock", "cohere"])("%s does not take OpenAI's wire", (id) => {
    const wires = Object.keys(findProviderEntry(id)?.wires ?? { "openai-chat": null });
    expect(wires.filter((wire) => wire.startsWith("openai"))).toEqual([]);
  });
});
