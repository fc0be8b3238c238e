import { expect, test } from "vitest";
import { readPlatformAccounts } from "#lib/env/read-platform-accounts.ts";
import { PROVIDERS } from "#lib/providers/registry/index.ts";
import { formatProvider, platformKeyVariable } from "./provider.ts";

test("an unknown provider keeps its own id", () => {
  expect(formatProvider("openai")).toBe("OpenAI");
  expect(formatProvider("new-one")).toBe("new-one");
});

test.each(PROVIDERS)("$id is called as the registry calls it, or by its id", ({ id, name }) => {
  expect([name, id]).toContain(formatProvider(id));
});

test.each(PROVIDERS)("the variable of $id is one that the environment reads, and that an account needs", (entry) => {
  const rules = { providers: PROVIDERS, problemsOf: () => [] };
  const { found, problems } = readPlatformAccounts({ [platformKeyVariable(entry.id)]: "x" }, rules);
  expect(problems).toEqual([]);
  expect(found.map(({ provider }) => provider)).toEqual([entry.id]);
  const [set] = Object.keys(found[0]?.fields ?? {});
  const field = entry.fields.find(({ id }) => id === set);
  // Bedrock takes a key instead of the pair that it needs otherwise.
  const isEnough = entry.fields.some(({ unless }) => unless === set);
  expect(field?.isRequired === true || isEnough).toBe(true);
});
