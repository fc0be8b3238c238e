import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { poll } from "#e2e/support/poll.ts";
import { answerAnyWire, answerError, hangUp } from "#e2e/support/upstream-answers.ts";
import type { SignedStatement } from "#lib/residency/statement.ts";
import type { DestinationList, RejectionList, ResidencyDto } from "#lib/services/residency/schemas.ts";
import { openTwoInstances, type TwoInstances } from "./support/two-instances.ts";

const API = "/api/tenants/demo";
const CALL = { model: "email-classification", messages: [{ role: "user", content: "Hello" }] };
const VERIFY = path.resolve(import.meta.dirname, "../../scripts/verify-statement.ts");
/** Counts are written within a second. */
const WRITTEN_MS = 3_000;

let both: TwoInstances;
let port: number;
let folder: string;

beforeAll(async () => {
  both = await openTwoInstances();
  port = Number(new URL(both.first.upstream.baseUrl("openai")).port);
  folder = await mkdtemp(path.join(tmpdir(), "statement-"));
});
afterAll(async () => {
  await both.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  both.first.upstream.reset();
  for (const provider of ["openai", "anthropic", "groq", "vertex"]) both.first.upstream.on(provider, answerAnyWire());
});

const today = () => {
  const from = new Date(Date.now() - 3_600_000).toISOString();
  return { from, to: new Date(Date.now() + 3_600_000).toISOString() };
};
const send = (model: string, at: "first" | "second" = "first") =>
  both.ask(at, "POST", "/v1/chat/completions", { ...CALL, model });

async function attempts(): Promise<Record<string, number>> {
  const answer = await both.ask("first", "GET", `${API}/residency/destinations?${new URLSearchParams(today())}`);
  const { data } = (await answer.json()) as DestinationList;
  return Object.fromEntries(data.map((one) => [`${one.connectionId} ${one.host}:${one.port}`, one.attempts]));
}
const end = (provider: string) => `platform:${provider} 127.0.0.1:${port}`;

async function changeResidency(residency: ResidencyDto["residency"]): Promise<ResidencyDto> {
  const { routeVersion } = (await (await both.ask("first", "GET", `${API}/residency`)).json()) as ResidencyDto;
  const answer = await both.ask("first", "PUT", `${API}/residency`, { residency, routeVersion });
  expect(answer.status).toBe(200);
  return (await answer.json()) as ResidencyDto;
}

describe("every destination is on record", () => {
  test("of each attempt, failed ones too, at the operator's accounts, whichever instance made it", async () => {
    both.first.upstream.on("openai", answerError(401, { message: "wrong key" }));
    await both.first.setTier("economy");
    for (const at of ["first", "second", "first"] as const) {
      // The first target refuses the key, the next one answers.
      expect((await send("email-classification", at)).status).toBe(200);
    }
    await poll("the destinations", WRITTEN_MS, async () => {
      const counted = await attempts();
      return counted[end("openai")] === 3 && counted[end("groq")] === 3 ? true : null;
    });
    expect(Object.keys(await attempts()).sort()).toEqual([end("groq"), end("openai")]);
  });

  test("of a connection that broke off, and of the token that a call asks for first", async () => {
    const before = await attempts();
    both.first.upstream.on("groq", hangUp);
    expect((await send("groq/openai/gpt-oss-20b")).status).toBe(502);
    expect((await send("vertex/gemini-2.5-flash")).status).toBe(200);
    await poll("the destinations", WRITTEN_MS, async () => {
      const counted = await attempts();
      const hasBroken = (counted[end("groq")] ?? 0) > (before[end("groq")] ?? 0);
      // Google's token, then the call.
      return hasBroken && counted[end("vertex")] === 2 ? true : null;
    });
  });

  test("and none of what the rule keeps calls from: not a packet goes there", async () => {
    const openai = { regions: [], hosts: [] };
    const { places, rejected } = await changeResidency(openai);
    expect(places.every(({ outside }) => outside !== null)).toBe(true);
    expect(rejected.length).toBeGreaterThan(0);
    const before = { counted: await attempts(), calls: both.first.upstream.calls.length };
    const refused = await send("email-classification");
    expect(refused.status).toBe(403);
    expect(((await refused.json()) as { error: { code: string } }).error.code).toBe("residency_violation");
    expect(both.first.upstream.calls).toHaveLength(before.calls);
    const tried = await both.ask("first", "POST", `${API}/routes/try`, { function: "email-classification" });
    const plan = (await tried.json()) as { targets: unknown[]; excluded: { cause: string; reason: string }[] };
    expect(plan.targets).toEqual([]);
    expect(new Set(plan.excluded.map(({ cause }) => cause))).toEqual(new Set(["residency"]));
    await poll("the rejections", WRITTEN_MS, async () => {
      const answer = await both.ask("first", "GET", `${API}/residency/rejections?${new URLSearchParams(today())}`);
      const { data } = (await answer.json()) as RejectionList;
      const isCounted = plan.excluded.every(({ reason }) =>
        data.some((one) => one.functionSlug === "email-classification" && one.reason === reason && one.calls === 1),
      );
      return data.length > 0 && isCounted ? true : null;
    });
    await changeResidency({ regions: [], hosts: ["127.0.0.1"] });
    expect((await send("email-classification")).status).toBe(200);
    // Counts are written in their order: with this call's there, none of the refused one's is still to come.
    const openaiOnce = { ...before.counted, [end("openai")]: (before.counted[end("openai")] ?? 0) + 1 };
    await poll("the call's destination", WRITTEN_MS, async () => {
      const counted = await attempts();
      return counted[end("openai")] === before.counted[end("openai")] ? null : true;
    });
    expect(await attempts()).toEqual(openaiOnce);
  });
});

describe("a signed statement", () => {
  test("is verified by the published command with the public key, and by no server", async () => {
    const issued = await both.ask("first", "POST", `${API}/residency/statement`, today());
    expect(issued.status).toBe(200);
    const text = await issued.text();
    const { statement } = JSON.parse(text) as SignedStatement;
    expect(statement).toMatchObject({ tenant: { slug: "demo" }, period: { isFinal: false } });
    expect(statement.destinations.map(({ host }) => host)).toContain("127.0.0.1");
    const key = (await (await fetch(`${both.first.baseUrl}/api/statement-key`)).json()) as Record<string, string>;
    expect(key).toMatchObject({ algorithm: "Ed25519", keyId: statement.keyId });
    // What shares the secrets shares the key.
    expect(await (await fetch(`${both.second.baseUrl}/api/statement-key`)).json()).toEqual(key);

    const file = path.join(folder, "statement.json");
    await writeFile(file, text);
    const { stdout } = await promisify(execFile)(process.execPath, [VERIFY, file, "--key", key.publicKey ?? ""]);
    expect(stdout).toContain("VALID: signed with the key");
    await writeFile(file, text.replace('"host":"127.0.0.1"', '"host":"127.0.0.2"'));
    const tampered = promisify(execFile)(process.execPath, [VERIFY, file, "--key", key.publicKey ?? ""]);
    await expect(tampered).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("NOT VALID") });
  });
});
