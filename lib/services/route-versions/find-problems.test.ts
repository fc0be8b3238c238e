import { describe, expect, test } from "vitest";
import { makeConnection, makeSnapshot } from "#e2e/isolation/support/gateway.ts";
import { compileCatalog } from "#lib/catalog/index.ts";
import type { TargetRef } from "#lib/gateway/contract/catalog.ts";
import type { Connection } from "#lib/gateway/contract/snapshot.ts";
import { TRANSLATIONS } from "#lib/providers/translation/features.ts";
import type { RouteConfig } from "./config.ts";
import { findProblems } from "./find-problems.ts";
import type { OwnConnection } from "./own-connections.ts";
import { toRouting } from "./to-routing.ts";

const catalog = compileCatalog();
const wires = ["openai-chat", "openai-embeddings"] as const;
const translation = TRANSLATIONS["openai-compatible"];

interface Own extends OwnConnection {
  connection: Connection;
}

function own(id: string, provider: string, part: Partial<OwnConnection> = {}, about: Partial<Connection> = {}): Own {
  const hosting = provider === "ollama" ? "self-hosted" : "cloud";
  const connection = makeConnection(provider, { id, name: id, owner: "tenant", hosting, wires, translation, ...about });
  return { id, provider, name: id, isEnabled: true, models: null, connection, ...part };
}

const OPENAI = own("My OpenAI", "openai");
const CLAUDE = own("My Claude", "anthropic");
const OLLAMA = own("The cellar", "ollama", { models: ["llama4", "nomic-embed"] });

const target = (provider: string, model: string, connectionId: string | null = null): TargetRef => ({
  provider,
  model,
  connectionId,
});
const MINI = target("openai", "gpt-5.4-mini");
const HAIKU = target("anthropic", "claude-haiku-4-5");
const SMALL_VECTORS = target("openai", "text-embedding-3-small");
const LARGE_VECTORS = target("openai", "text-embedding-3-large");
/** Every function has a route by these. */
const WHOLE = { chain: [MINI, HAIKU], overrides: { "semantic-search": [SMALL_VECTORS] } };

function problems(config: Partial<RouteConfig>, connections: readonly Own[] = [OPENAI, CLAUDE, OLLAMA]) {
  const whole: RouteConfig = { mode: "bring-your-own", tier: "balanced", ...config };
  const enabled = connections.filter(({ isEnabled }) => isEnabled).map(({ connection }) => connection);
  const snapshot = makeSnapshot({ ...catalog, connections: enabled, ...toRouting(whole) });
  const names = { catalog, connections: new Map(connections.map(({ id, name }) => [id, name])) };
  return findProblems({ config: whole, snapshot, catalog, own: connections, names, today: "2026-11-24" });
}
const errors = (...given: Parameters<typeof problems>) =>
  problems(...given)
    .filter(({ severity }) => severity === "error")
    .map(({ field, message }) => `${field}: ${message}`);
const warnings = (...given: Parameters<typeof problems>) =>
  problems(...given)
    .filter(({ severity }) => severity === "warning")
    .map(({ field, message }) => `${field}: ${message}`);

test("a whole configuration has none", () => {
  expect(problems(WHOLE)).toEqual([]);
  expect(problems({ mode: "platform-managed" }, [])).toHaveLength(catalog.functions.size);
});

describe("an error names what is missing, and where", () => {
  test.each<[string, Partial<RouteConfig>, string]>([
    [
      "an empty default chain that is all there is",
      {},
      "chain: The default chain is empty and no function has one of its own: calls would go nowhere.",
    ],
    [
      "an empty chain of a function",
      { ...WHOLE, overrides: { ...WHOLE.overrides, "ticket-triage": [] } },
      "overrides.ticket-triage: The chain of ticket-triage is empty. It names no target: give it one, or take it out to use the default chain.",
    ],
    [
      "the same target twice",
      { ...WHOLE, chain: [MINI, HAIKU, MINI] },
      "chain.2: GPT-5.4 mini at OpenAI is in the chain twice.",
    ],
    [
      "a connection's target after all connections'",
      { ...WHOLE, chain: [MINI, target("openai", "gpt-5.4-mini", "My OpenAI")] },
      "chain.1: GPT-5.4 mini at OpenAI by My OpenAI is in the chain twice.",
    ],
    [
      "a provider that there is not",
      { ...WHOLE, chain: [target("opnai", "x")] },
      "chain.0: There is no provider opnai.",
    ],
    [
      "a provider without a connection",
      { ...WHOLE, chain: [MINI, target("mistral", "mistral-small-2603")] },
      "chain.1: You have no connection to Mistral: add one, or take it out.",
    ],
    [
      "a connection that there is not",
      { ...WHOLE, chain: [target("openai", "gpt-5.4-mini", "gone")] },
      "chain.0: GPT-5.4 mini is to go by a connection that is gone: choose another for it, or take it out.",
    ],
    [
      "a connection to another provider",
      { ...WHOLE, chain: [target("openai", "gpt-5.4-mini", "My Claude")] },
      "chain.0: The connection My Claude is one to Anthropic, not to OpenAI.",
    ],
    [
      "a model that the server lacks",
      { ...WHOLE, chain: [MINI, target("ollama", "llama5")] },
      "chain.1: The cellar has no model llama5. It has llama4 and nomic-embed.",
    ],
    [
      "a model that a server only passes on to a cloud",
      { mode: "self-hosted", chain: [target("ollama", "llama4"), target("ollama", "gpt-oss:20b-cloud")] },
      "chain.1: gpt-oss:20b-cloud runs in Ollama’s cloud, which a server of your own only passes it on to: connect Ollama Cloud for it.",
    ],
    [
      "a chain of a function that there is not",
      { ...WHOLE, overrides: { ...WHOLE.overrides, "email-classify": [MINI] } },
      "overrides.email-classify: There is no function email-classify.",
    ],
    [
      "a tier of a function that there is not",
      { ...WHOLE, functionTiers: { nope: "economy" } },
      "functionTiers.nope: There is no function nope.",
    ],
    [
      "a model without what the function needs",
      {
        ...WHOLE,
        overrides: {
          ...WHOLE.overrides,
          "document-extraction": [target("anthropic", "claude-haiku-4-5"), SMALL_VECTORS],
        },
      },
      "overrides.document-extraction.1: Text Embedding 3 small at OpenAI makes vectors, and Document extraction needs text.",
    ],
    [
      "a model with too little context",
      { ...WHOLE, overrides: { ...WHOLE.overrides, "document-summary": [target("openai", "gpt-4o-mini")] } },
      "overrides.document-summary.0: GPT-4o mini at OpenAI takes only 128000 tokens, and Document summary needs 200000 tokens of context.",
    ],
    [
      "a text model for vectors",
      { ...WHOLE, overrides: { "semantic-search": [MINI] } },
      "overrides.semantic-search.0: GPT-5.4 mini at OpenAI lacks embeddings, and Semantic search needs embeddings and 8000 tokens of context.",
    ],
    [
      "two models' vectors in one chain",
      { ...WHOLE, overrides: { "semantic-search": [SMALL_VECTORS, LARGE_VECTORS] } },
      "overrides.semantic-search.1: Text Embedding 3 large at OpenAI makes other vectors than Text Embedding 3 small at OpenAI, which cannot be compared.",
    ],
    [
      "a cloud in a chain of servers of one's own",
      { mode: "self-hosted", chain: [target("ollama", "llama4"), MINI] },
      "chain.1: OpenAI is a cloud: in self-hosted mode nothing leaves your own servers.",
    ],
  ])("%s", (_, config, said) => {
    expect(errors(config)).toEqual([said]);
  });

  test("a connection that is switched off, named or not", () => {
    const connections = [own("Off", "openai", { isEnabled: false }), CLAUDE];
    const chain = [HAIKU, MINI, target("openai", "gpt-5.1", "Off")];
    expect(errors({ chain }, connections)).toEqual([
      "chain.1: Your connection to OpenAI is switched off.",
      "chain.2: The connection Off is switched off.",
    ]);
  });

  test("a mode without any connection, in place of a word for each function", () => {
    expect(problems({ chain: [] }, []).map(({ field }) => field)).toEqual(["mode", "chain"]);
    expect(errors({ mode: "self-hosted", chain: [target("ollama", "llama4")] }, [OPENAI])[0]).toBe(
      "mode: Self-hosted has no server of your own to use: add one first, or switch one on.",
    );
  });

  test("a mode whose every key cannot be opened", () => {
    const shut = own("Shut", "openai", {}, { unopened: "Its master key is missing." });
    expect(errors({ chain: [MINI] }, [shut])).toEqual([
      "mode: Bring your own model has no connection whose key can be opened: Its master key is missing.",
    ]);
  });
});

describe("a warning says what calls would do instead", () => {
  test("functions that are left without a route, with the reason", () => {
    expect(warnings({ chain: [MINI, HAIKU] })).toEqual([
      "chain: Semantic search has no route: gpt-5.4-mini does not take embeddings.",
    ]);
  });

  test("targets that residency excludes leave functions without a route, with the reason", () => {
    const at = { residency: { regions: [], hosts: [OPENAI.connection.host] } };
    expect(problems({ ...WHOLE, ...at })).toEqual([]);
    const said = warnings({ ...WHOLE, residency: { regions: ["eu-central-1"], hosts: [] } });
    expect(said).toHaveLength(catalog.functions.size);
    expect(said[0]).toBe(
      "chain: Email classification has no route: gpt-5.4-mini is left out: it is not known where openai runs it.",
    );
  });

  test.each<[string, Partial<RouteConfig>, string]>([
    [
      "a model that the catalog does not know",
      { ...WHOLE, chain: [target("openai", "gpt-99"), HAIKU] },
      "chain.0: The catalog does not know gpt-99 at OpenAI: what it can do and what it costs stay unknown.",
    ],
    [
      "a model that its provider has shut down",
      { ...WHOLE, overrides: { ...WHOLE.overrides, "email-classification": [target("openai", "gpt-4.1-nano")] } },
      "overrides.email-classification.0: GPT-4.1 nano was shut down at OpenAI on 2026-10-23.",
    ],
    [
      "a model that its provider will shut down",
      { ...WHOLE, chain: [target("openai", "gpt-4.1"), HAIKU] },
      "chain.0: GPT-4.1 is shut down at OpenAI on 2027-01-14.",
    ],
    [
      "a fallback that self-hosted mode does not have",
      { mode: "self-hosted", chain: [target("ollama", "llama4")], hasPlatformFallback: true },
      "hasPlatformFallback: The platform's accounts are no fallback in the mode Self-hosted: nothing leaves your own servers.",
    ],
    [
      "more patience with a target than any call has time",
      { ...WHOLE, chain: [{ ...MINI, answerTimeoutMs: 90_000 }, HAIKU] },
      "chain.0: GPT-5.4 mini at OpenAI may take 90 s, but every call ends after 60 s at the latest.",
    ],
  ])("%s", (_, config, said) => {
    expect(errors(config)).toEqual([]);
    expect(warnings(config)).toContain(said);
  });

  test("chains that are kept while the platform manages", () => {
    const said = warnings({ ...WHOLE, mode: "platform-managed" });
    expect(said[0]).toBe("chain: Your own chains are kept, but have no effect in the mode Platform managed.");
  });

  test("a connection whose key cannot be opened, beside one that can", () => {
    const shut = own("Shut", "openai", {}, { unopened: "Its master key is missing." });
    expect(warnings(WHOLE, [shut, OPENAI, CLAUDE])).toContain(
      "chain.0: Calls pass over the connection Shut: Its master key is missing.",
    );
  });
});

test("errors come first", () => {
  const severities = problems({ chain: [target("openai", "gpt-99"), target("nobody", "x")] }).map(
    ({ severity }) => severity,
  );
  expect(severities).toEqual([...severities].sort());
  expect(new Set(severities).size).toBe(2);
});
