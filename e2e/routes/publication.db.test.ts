import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { poll } from "#e2e/support/poll.ts";
import type { UpstreamCall } from "#e2e/support/upstream.ts";
import { answerAnyWire, answerError, beginStream, chunk, writeEvent } from "#e2e/support/upstream-answers.ts";
import type { Tier } from "#lib/gateway/contract/catalog.ts";
import type { RouteDraftDto, RouteVersionDetailDto } from "#lib/services/route-versions/schemas.ts";
import { openTwoInstances, type TwoInstances } from "./support/two-instances.ts";

type Instance = "first" | "second";

const API = "/api/tenants/demo";
const CALL = { model: "email-classification", messages: [{ role: "user", content: "Hello" }] };
/** Whose first target a tier's chain begins with. */
const FIRST_OF = { economy: "openai", balanced: "anthropic", performance: "anthropic" } as const;
const PICKED_UP_MS = 1_000;

let both: TwoInstances;

beforeAll(async () => {
  both = await openTwoInstances();
});
afterAll(() => both.close());
beforeEach(() => {
  both.first.upstream.reset();
  for (const provider of ["openai", "anthropic", "groq"]) both.first.upstream.on(provider, answerAnyWire());
});

async function json<Value>(response: Promise<Response>, status = 200): Promise<Value> {
  const answer = await response;
  const body = await answer.json();
  expect([answer.status, body], JSON.stringify(body)).toEqual([status, body]);
  return body as Value;
}

const readDraft = (at: Instance) => json<RouteDraftDto>(both.ask(at, "GET", `${API}/routes/draft`));
const call = (at: Instance, body: object = CALL) => both.ask(at, "POST", "/v1/chat/completions", body);

/** Which version a call made now goes by, and who answers it. */
async function routeOf(at: Instance): Promise<{ version: number; provider: string | null }> {
  const answer = await call(at);
  await answer.body?.cancel();
  const version = Number(answer.headers.get("x-switchyard-route-version"));
  return { version, provider: answer.headers.get("x-switchyard-provider") };
}

/** Drafts and publishes another tier at one instance. */
async function publish(at: Instance, tier: Tier): Promise<RouteVersionDetailDto> {
  const { revision, basedOn, config } = await readDraft(at);
  const other = config.tier === tier ? { canRetryFiltered: config.canRetryFiltered !== true } : { tier };
  const saved = await json<RouteDraftDto>(
    both.ask(at, "PUT", `${API}/routes/draft`, { config: { ...config, ...other }, revision, basedOn }),
  );
  const body = { revision: saved.revision, basedOn, note: `To ${tier}` };
  return json<RouteVersionDetailDto>(both.ask(at, "POST", `${API}/routes/publish`, body), 201);
}

describe("a publication", () => {
  test("is in force for the next call where it was made, and within a second everywhere else", async () => {
    const elapsedMs: number[] = [];
    const tiers = ["economy", "performance", "balanced"] as const;
    for (let round = 0; round < 12; round += 1) {
      const [here, there] = round % 2 === 0 ? (["first", "second"] as const) : (["second", "first"] as const);
      const tier = tiers[round % tiers.length] as Tier;
      // Both hold the version before it.
      await Promise.all([routeOf(here), routeOf(there)]);
      const { number } = await publish(here, tier);
      const publishedAt = performance.now();
      expect(await routeOf(here)).toEqual({ version: number, provider: FIRST_OF[tier] });
      await poll(`version ${number} at the other instance`, PICKED_UP_MS, async () => {
        const { version, provider } = await routeOf(there);
        return version === number && provider === FIRST_OF[tier] ? true : null;
      });
      elapsedMs.push(performance.now() - publishedAt);
    }
    const slowest = Math.max(...elapsedMs);
    console.log(`A publication was picked up in ${slowest.toFixed(0)} ms at most (${elapsedMs.length} of them).`);
    expect(slowest).toBeLessThan(PICKED_UP_MS);
  });

  test("is taken back the same way", async () => {
    await publish("first", "economy");
    const { number } = await publish("first", "performance");
    const path = `${API}/routes/versions/${number - 1}/rollback`;
    const back = await json<RouteVersionDetailDto>(both.ask("second", "POST", path, { routeVersion: number }), 201);
    expect(back).toMatchObject({
      number: number + 1,
      config: { tier: "economy" },
      note: `Back to version ${number - 1}`,
    });
    expect(await routeOf("second")).toEqual({ version: number + 1, provider: "openai" });
    await poll("the rollback at the other instance", PICKED_UP_MS, async () =>
      (await routeOf("first")).version === number + 1 ? true : null,
    );
  });

  test("of two editors at two instances, one of whom has not seen the other's, is refused by name", async () => {
    const { revision, basedOn, config } = await readDraft("first");
    const mine = { config: { ...config, canRetryFiltered: config.canRetryFiltered !== true }, revision, basedOn };
    const [one, other] = await Promise.all([
      both.ask("first", "PUT", `${API}/routes/draft`, mine),
      both.ask("second", "PUT", `${API}/routes/draft`, mine),
    ]);
    expect([one.status, other.status].sort()).toEqual([200, 409]);
    const refused = one.status === 409 ? one : other;
    const { error } = (await refused.json()) as { error: { code: string; message: string } };
    expect(error).toMatchObject({
      code: "conflict",
      message: expect.stringContaining("Everything has changed the draft"),
    });
    const { revision: now } = await readDraft("first");
    const publishing = { revision: now, basedOn, note: "" };
    const results = await Promise.all([
      both.ask("first", "POST", `${API}/routes/publish`, publishing),
      both.ask("second", "POST", `${API}/routes/publish`, publishing),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual([201, 409]);
    await Promise.all(results.map((result) => result.body?.cancel()));
  });
});

/** Holds a provider's next answers until it is let go. */
function hold(provider: string, answer: (call: UpstreamCall) => Parameters<typeof both.first.upstream.on>[1]) {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
  both.first.upstream.on(provider, async (response, upstreamCall) => {
    arrive();
    await released;
    await answer(upstreamCall)(response, upstreamCall);
  });
  return { arrived, release };
}

describe("a call in flight keeps the version that it began with", () => {
  test("to its fallbacks, although another is in force by the time they are needed", async () => {
    const { number } = await publish("first", "economy");
    expect(await routeOf("first")).toEqual({ version: number, provider: "openai" });
    const held = hold("openai", () => answerError(401, { message: "wrong key" }));
    const inFlight = call("first");
    await held.arrived;
    await publish("second", "performance");
    await poll("the new version here", PICKED_UP_MS, async () =>
      (await routeOf("first")).version === number + 1 ? true : null,
    );
    held.release();
    const answer = await inFlight;
    expect(answer.status).toBe(200);
    expect(answer.headers.get("x-switchyard-route-version")).toBe(String(number));
    // The second of the economy tier's chain; the performance tier has no Groq at all.
    expect(answer.headers.get("x-switchyard-provider")).toBe("groq");
    await answer.body?.cancel();
    const record = await both.first.invocation(answer.headers.get("x-switchyard-invocation-id"));
    expect(record).toMatchObject({ routeVersion: number, tier: "economy" });
    expect(record.attempts.map(({ provider }) => provider)).toEqual(["openai", "groq"]);
  });

  test("to the end of its stream", async () => {
    const { number } = await publish("first", "economy");
    await routeOf("first");
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    both.first.upstream.on("openai", async (response) => {
      beginStream(response);
      writeEvent(response, chunk({ role: "assistant", content: "Hello" }));
      await released;
      writeEvent(response, chunk({ content: " there" }));
      writeEvent(response, chunk({}, "stop"));
      writeEvent(response, "[DONE]");
      response.end();
    });
    const live = await call("first", { ...CALL, model: "openai/gpt-6-luna", stream: true });
    expect(live.headers.get("x-switchyard-route-version")).toBe(String(number));
    await publish("second", "performance");
    await poll("the new version here", PICKED_UP_MS, async () =>
      (await routeOf("first")).version === number + 1 ? true : null,
    );
    release();
    const text = await live.text();
    expect(text).toContain(" there");
    expect(text.trimEnd().endsWith("data: [DONE]")).toBe(true);
    const record = await both.first.invocation(live.headers.get("x-switchyard-invocation-id"));
    expect(record).toMatchObject({ routeVersion: number, status: "succeeded" });
  });
});
