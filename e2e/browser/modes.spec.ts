import type { Cookie } from "@playwright/test";
import { expect, pageTest as test } from "#e2e/support/browser.ts";
import { addTarget, connect, expectAccessible, openPage, publishDraft, signIn } from "#e2e/support/console.ts";
import { PINNED_CHAINS_VARIABLE, pinnedChain } from "#e2e/support/pinned-chains.ts";
import { type DemoCredentials, startServer, type TestServer } from "#e2e/support/server.ts";
import { openUpstream, type Upstream, type UpstreamCall, upstreamKey } from "#e2e/support/upstream.ts";
import { answerAnyWire, answerError } from "#e2e/support/upstream-answers.ts";

const OWN_KEY = "sk-of-the-tenant-0123456789abcdef";
const FUNCTION = "email-classification";

/** In place of the clouds as the platform's accounts reach them, and in place of what the tenant connects. */
let platform: Upstream;
let own: Upstream;
let server: TestServer;
let credentials: DemoCredentials;
let cookies: Cookie[];

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  platform = await openUpstream();
  own = await openUpstream();
  const env = {
    ...platform.environment(),
    SWITCHYARD_EGRESS_ALLOW: "127.0.0.1",
    SWITCHYARD_TIER_PINS: PINNED_CHAINS_VARIABLE,
  };
  server = await startServer({ mount: "node", env });
  credentials = await server.credentials();
  cookies = await signIn(await browser.newPage(), server.baseUrl, credentials);
});

test.afterAll(async () => {
  await server?.stop();
  await Promise.all([platform?.close(), own?.close()]);
});

test.beforeEach(async ({ page }) => {
  for (const upstream of [platform, own]) {
    upstream.reset();
    for (const provider of ["anthropic", "openai", "ollama"]) upstream.on(provider, answerAnyWire("Invoice"));
  }
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.context().addCookies(cookies);
});

test("bring your own: what is missing is named, the chain is written, and calls go to the tenant's account", async ({
  page,
}) => {
  await connect(page, server.baseUrl, {
    provider: "openai",
    name: "Our OpenAI",
    fields: { apiKey: OWN_KEY, baseUrl: own.baseUrl("openai") },
  });

  await test.step("see what the switch would mean, and why it cannot be made yet", async () => {
    await openPage(page, server.baseUrl, "Mode");
    await page.getByRole("radio", { name: "Bring your own model" }).click();
    await expect(page.getByText("Whose account pays")).toBeVisible();
    await expect(page.getByText("The default chain is empty")).toBeVisible();
    await expect(page.getByRole("button", { name: "Switch to Bring your own model" })).toBeDisabled();
    await expectAccessible(page);
  });

  await test.step("write the default chain", async () => {
    await page.getByRole("button", { name: "Prepare it in Routing" }).click();
    await page.getByRole("button", { name: "Edit default chain" }).click();
    await addTarget(page, "gpt-5.5");
    await addTarget(page, "gpt-5.4-mini");
    await addTarget(page, "gpt-5.4-mini");
    await expect(page.getByText("This target is in the chain already.")).toBeVisible();
    await page.getByRole("button", { name: "Move gpt-5.4-mini at OpenAI up" }).click();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Save to draft" }).click();
  });

  await test.step("publish it with a note, having read the difference", async () => {
    await publishDraft(page, "Our own account", "Bring your own model instead of Platform managed.");
  });

  const answer = await call();
  expect(answer.headers.get("x-switchyard-mode")).toBe("bring-your-own");
  expect(callsTo(own).map(({ provider, body }) => [provider, body.model])).toEqual([["openai", "gpt-5.4-mini"]]);
  expect(callsTo(own)[0]?.headers.authorization).toBe(`Bearer ${OWN_KEY}`);
  expect(platform.connectionCount()).toBe(0);

  await test.step("see the same in a trial, without a call", async () => {
    await page.getByRole("radio", { name: "Try a request" }).click();
    const planned = page.getByRole("region", { name: "Tried in this order" });
    await expect(planned).toContainText("Our OpenAI");
    await expect(planned).toContainText("your account");
    await expectAccessible(page);
    expect(callsTo(own)).toHaveLength(1);
  });
});

test("platform managed: the switch back and a tier are published, and calls go to the platform's account", async ({
  page,
}) => {
  await openPage(page, server.baseUrl, "Mode");
  await page.getByRole("radio", { name: "Platform managed" }).click();
  await expect(page.getByText("Every one of the 15 functions has a route.")).toBeVisible();
  await page.getByLabel("Note (optional)").fill("Back for now");
  await page.getByRole("button", { name: "Switch to Platform managed" }).click();
  await expect(page.getByRole("radio", { name: "Balanced" })).toBeChecked();
  await page.getByRole("radio", { name: "Economy" }).click();
  await page.getByRole("button", { name: "Apply Economy" }).click();
  await expect(page.getByText(/^Economy is published as version/)).toBeVisible();

  const answer = await call();
  const [first] = pinnedChain(FUNCTION, "economy");
  expect(answer.headers.get("x-switchyard-mode")).toBe("platform-managed");
  expect(callsTo(platform).map(({ provider, body }) => [provider, body.model])).toEqual([
    [first?.provider, first?.model],
  ]);
  expect(callsTo(platform)[0]?.headers.authorization).toBe(`Bearer ${upstreamKey("openai")}`);
  expect(callsTo(own)).toEqual([]);
});

test("self-hosted: calls go to the tenant's server, and nowhere else when it fails", async ({ page }) => {
  await connect(page, server.baseUrl, {
    provider: "ollama",
    name: "Rack 4",
    fields: { baseUrl: own.baseUrl("ollama") },
  });
  await openPage(page, server.baseUrl, "Routing");
  await page.getByLabel("Mode", { exact: true }).selectOption({ label: "Self-hosted" });
  await page.getByRole("button", { name: "Edit default chain" }).click();
  for (const model of ["gpt-5.4-mini", "gpt-5.5"])
    await page.getByRole("button", { name: `Remove ${model} at OpenAI` }).click();
  await addTarget(page, "llama3.3:70b");
  await page.getByRole("button", { name: "Save to draft" }).click();
  await publishDraft(page, "Nothing leaves", "Self-hosted instead of Platform managed.");
  const before = platform.connectionCount();

  const answer = await call();
  expect(answer.headers.get("x-switchyard-mode")).toBe("self-hosted");
  expect(callsTo(own).map(({ provider, body }) => [provider, body.model])).toEqual([["ollama", "llama3.3:70b"]]);

  own.on("ollama", answerError(400, { message: "It is broken." }));
  expect((await call()).ok).toBe(false);
  expect(platform.connectionCount()).toBe(before);
  expect(own.calls.every(({ provider }) => provider === "ollama")).toBe(true);
});

test("residency: a rule keeps calls inside, and the statement says where they went", async ({ page }) => {
  await openPage(page, server.baseUrl, "Residency");
  await expect(page.getByRole("region", { name: "Where calls went" })).toContainText("Rack 4");
  await page.getByRole("switch", { name: "Keep calls inside places that are named here" }).click();
  await page.getByLabel("Hosts").fill("https://gpu.example/v1");
  await page.getByLabel("Hosts").press("Enter");
  await expect(page.getByText("leave out the scheme and the path")).toBeVisible();
  await page.getByLabel("Hosts").fill("gpu.example");
  await page.getByLabel("Hosts").press("Enter");
  await page.getByRole("button", { name: "Put in force" }).click();
  await expect(page.getByText("Outside", { exact: true })).toBeVisible();
  await expectAccessible(page);

  const answer = await call();
  expect(answer.status).toBe(403);
  expect(callsTo(own)).toEqual([]);

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download statement" }).click();
  expect((await download).suggestedFilename()).toBe("residency-demo-7d.json");
});

test("an old version is put in force again by one button", async ({ page }) => {
  await page.goto(`${server.baseUrl}/demo/routing?view=versions`);
  await page.getByRole("row").filter({ hasText: "Our own account" }).getByRole("link").click();
  const sheet = page.getByRole("dialog");
  await expect(sheet.getByText("Calls may go anywhere: the rule is lifted.")).toBeVisible();
  await expectAccessible(page);
  await sheet.getByRole("button", { name: "Go back to version 2" }).click();
  await expect(sheet).toBeHidden();
  const answer = await call();
  expect(answer.headers.get("x-switchyard-mode")).toBe("bring-your-own");
  expect(callsTo(own).map(({ provider }) => provider)).toEqual(["openai"]);
});

test("each page is accessible in the dark on a narrow screen", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of ["mode?mode=self-hosted", "routing", "residency"]) {
    await page.goto(`${server.baseUrl}/demo/${path}`);
    await expect(page.locator("[aria-busy]")).toHaveCount(0);
    await expectAccessible(page);
  }
});

/** Without the checks of the tenant's servers, which come when their minute is over and send nothing. */
function callsTo({ calls }: Upstream): readonly UpstreamCall[] {
  return calls.filter(({ body }) => body !== null);
}

function call(): Promise<Response> {
  return fetch(`${server.baseUrl}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${credentials.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ model: FUNCTION, messages: [{ role: "user", content: "Our invoice is wrong." }] }),
  });
}
