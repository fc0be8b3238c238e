import { describe, expect, test } from "vitest";
import { OwnTenant } from "#e2e/connections/support/own-tenant.ts";
import { createConnection } from "../connections/create.ts";
import { deleteConnection } from "../connections/delete.ts";
import { compareDraft } from "./compare-draft.ts";
import type { RouteConfig } from "./config.ts";
import { listRouteVersions } from "./list.ts";
import { publishDraft } from "./publish-draft.ts";
import { readRouteVersion } from "./read.ts";
import { readDraft } from "./read-draft.ts";
import { rollBackRoute } from "./roll-back.ts";
import { saveDraft } from "./save-draft.ts";
import { tryRoute } from "./try.ts";

const own = new OwnTenant();
const MINI = { provider: "openai", model: "gpt-5.4-mini", connectionId: null };
const PATIENT = { ...MINI, firstTokenTimeoutMs: 5_000, answerTimeoutMs: 30_000, maxRetries: 0 };
const OWN: RouteConfig = { mode: "bring-your-own", tier: "balanced", chain: [MINI] };
const SAID =
  "GPT-5.4 mini at OpenAI gets 5 s to its first token, 30 s for a whole answer and no retry instead of the usual time and retries.";

const save = (config: RouteConfig, revision: number, basedOn: number) =>
  saveDraft(own.context, { config, revision, basedOn });

async function publish(config: RouteConfig) {
  const { revision, published } = await readDraft(own.context);
  const { revision: saved } = await save(config, revision, published.number);
  return publishDraft(own.context, { revision: saved, basedOn: published.number });
}

describe("patience with a target of a tenant's own chain", () => {
  test("is in force with the version, and stands in its words, its plan and the audit", async () => {
    await own.create();
    await publish(OWN);
    const { number, changes } = await publish({ ...OWN, chain: [PATIENT] });
    expect(changes).toEqual([`All functions: In the default chain, ${SAID}`]);
    expect((await own.context.routing()).ownChains.fallback).toEqual([PATIENT]);
    const plan = await tryRoute(own.context, { function: "email-classification" });
    const { firstTokenTimeoutMs, answerTimeoutMs, maxRetries } = PATIENT;
    expect(plan.targets.map(({ patience }) => patience)).toEqual([
      { firstTokenTimeoutMs, answerTimeoutMs, maxRetries },
    ]);
    expect((await own.audits()).at(-1)).toMatchObject({
      action: "route.publish",
      before: { chain: [MINI] },
      after: { chain: [PATIENT], routeVersion: number },
    });
  });

  test("of a function's own chain is a difference of that function", async () => {
    await own.create();
    await publish({ ...OWN, overrides: { "ticket-triage": [MINI] } });
    await save({ ...OWN, overrides: { "ticket-triage": [PATIENT] } }, 2, 2);
    expect((await compareDraft(own.context)).groups).toEqual([
      { functionSlug: "ticket-triage", title: "Ticket triage", sentences: [SAID] },
    ]);
  });

  test("is as usual in versions that were published without it", async () => {
    await own.create();
    await own.publish({ chain: [{ provider: "openai", model: "gpt-5.4-mini" } as typeof MINI] });
    expect((await readRouteVersion(own.context, { number: "2" })).config.chain).toEqual([MINI]);
    const plan = await tryRoute(own.context, { function: "email-classification" });
    const usual = { firstTokenTimeoutMs: 60_000, answerTimeoutMs: 300_000, maxRetries: 2 };
    expect(plan.targets.map(({ patience }) => patience)).toEqual([usual]);
  });

  test("that is usual is told with the draft, longer at a server of one's own", async () => {
    await own.create();
    await createConnection(own.privateAllowed(), {
      provider: "ollama",
      name: "Rack",
      fields: { baseUrl: "http://10.0.0.7:11434/v1" },
    });
    expect((await readDraft(own.context)).usualPatience).toEqual({
      openai: { firstTokenTimeoutMs: 60_000, answerTimeoutMs: 300_000 },
      ollama: { firstTokenTimeoutMs: 300_000, answerTimeoutMs: 1_500_000 },
    });
  });
});

describe("a version whose connection is gone", () => {
  async function loseConnection() {
    const { id, name } = await own.create();
    await publish({ ...OWN, chain: [{ ...MINI, connectionId: id }] });
    await own.create({ name: "Another" });
    await publish(OWN);
    await deleteConnection(own.context, { id, confirm: name });
  }
  const gone = "GPT-5.4 mini is to go by a connection that is gone: choose another for it, or take it out.";

  test("says so where it is read, before anybody goes back to it", async () => {
    await loseConnection();
    const { problems, groups } = await readRouteVersion(own.context, { number: "2" });
    expect(problems).toContainEqual({ severity: "error", functionSlug: null, field: "chain.0", message: gone });
    expect(groups[0]?.sentences).toEqual([
      "The default chain is GPT-5.4 mini at OpenAI by a connection that is gone instead of GPT-5.4 mini at OpenAI.",
    ]);
  });

  test("cannot be put in force again, by a sentence that says what to do; nothing is published", async () => {
    await loseConnection();
    await expect(rollBackRoute(own.context, { number: "2", routeVersion: 3 })).rejects.toMatchObject({
      code: "invalid_request",
      message: `Version 2 cannot be put in force again as it is. ${gone}`,
      fields: { "chain.0": gone },
    });
    expect((await listRouteVersions(own.context, {})).data).toHaveLength(3);
  });
});

test.each([
  ["publication", (note: string) => publishDraft(own.context, { revision: 1, basedOn: 1, note })],
  ["rollback", (note: string) => rollBackRoute(own.context, { number: "1", routeVersion: 1, note })],
])("the note of a %s is refused where it is longer than a sentence or two", async (_, attempt) => {
  await expect(attempt("x".repeat(5_000))).rejects.toMatchObject({
    code: "invalid_request",
    fields: { note: "At most 200 characters." },
  });
});

test("a chain of fifty targets is refused with how many it may name", async () => {
  const chain = Array.from({ length: 50 }, (_, at) => ({ ...MINI, model: `m-${at}` }));
  await expect(save({ ...OWN, chain }, 0, 1)).rejects.toMatchObject({
    fields: { "config.chain": "must name at most 10 targets" },
  });
});
