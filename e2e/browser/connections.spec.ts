import type { Locator, Page } from "@playwright/test";
import { expect, test } from "#e2e/support/browser.ts";
import { connect, expectAccessible, fillSignIn } from "#e2e/support/console.ts";
import { type ModelServer, openModelServer } from "#e2e/support/model-server.ts";
import type { DemoCredentials } from "#e2e/support/server.ts";
import type { ConnectionList } from "#lib/services/connections/schemas.ts";

const KEY = "sk-a-key-that-is-taken-0123456789wxyz";
const OTHER_KEY = "sk-another-key-0123456789efgh";

let cloud: ModelServer;
let server: ModelServer;

test.beforeAll(async () => {
  cloud = await openModelServer(["gpt-4.1-mini", "gpt-4.1-nano"], KEY);
  server = await openModelServer(["llama3.2:3b"], null);
});
test.afterAll(async () => {
  await cloud.close();
  await server.close();
});

/** Through the sign-in, which leads back to where one was going. */
async function openSignedIn(page: Page, path: string, demo: DemoCredentials): Promise<void> {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(path);
  await fillSignIn(page, demo);
}

/** Types the name that the dialog asks for, and only then is let to delete. */
async function deleteFrom(page: Page, sheet: Locator, name: string): Promise<void> {
  await sheet.getByRole("button", { name: "Delete", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: `Delete ${name}?` });
  await expect(dialog).toContainText("No function’s chain goes to it.");
  const confirm = dialog.getByRole("button", { name: "Delete the connection" });
  await expect(confirm).toBeDisabled();
  await expectAccessible(page);
  await dialog.getByLabel(`Type ${name} to go on`).fill(name);
  await confirm.click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

test("an account is tested before it is saved, then tested, given a new key, disabled and deleted", async ({
  page,
  demo,
}) => {
  // A whole journey with axe at every stop: a busy machine takes its time over it.
  test.slow();
  const sheet = page.getByRole("dialog");
  await openSignedIn(page, "/demo/connections", demo);

  await test.step("say what is missing beside the field", async () => {
    await page.getByRole("button", { name: "Add a connection" }).click();
    await expectAccessible(page);
    await sheet.getByRole("button", { name: "OpenAI", exact: true }).click();
    await sheet.getByLabel("Name").fill("Our account");
    await sheet.getByRole("button", { name: "Add the connection" }).click();
    await expect(sheet.getByText("API key must be set too")).toBeVisible();
    await expect(sheet.getByLabel("API key")).toBeFocused();
    await expectAccessible(page);
  });

  await test.step("refuse a private address that the operator has not allowed", async () => {
    await sheet.getByLabel("API key").fill("sk-a-key-that-is-refused-0123456789");
    await sheet.getByLabel("Base URL (optional)").fill("http://10.1.2.3/v1");
    await sheet.getByRole("button", { name: "Test", exact: true }).click();
    await expect(sheet.getByText("Base URL must be a public address")).toBeVisible();
  });

  await test.step("explain a refused key at the step where it was refused", async () => {
    await sheet.getByLabel("Base URL (optional)").fill(cloud.baseUrl);
    await sheet.getByRole("button", { name: "Test", exact: true }).click();
    const steps = sheet.getByRole("list", { name: "Steps of the test" }).getByRole("listitem");
    await expect(steps.first()).toContainText("Address passed");
    await expect(steps.nth(2)).toContainText("Sign-in failed");
    await expect(steps.nth(2)).toContainText("check that it was copied whole");
    await expect(steps.last()).toContainText("Stream not tried");
    await expectAccessible(page);
  });

  await test.step("pass with the right key, and save it", async () => {
    await sheet.getByLabel("API key").fill(KEY);
    await sheet.getByRole("button", { name: "Test", exact: true }).click();
    await expect(sheet.getByText("The test passed with gpt-4.1")).toBeVisible();
    await sheet.getByRole("button", { name: "Add the connection" }).click();
    await expect(sheet.getByRole("heading", { name: "Our account" })).toBeVisible();
    await expect(sheet.getByText("ends in wxyz")).toBeVisible();
    await expect(sheet.getByText("Working", { exact: true })).toBeVisible();
    expect(await page.content()).not.toContain(KEY);
    await expectAccessible(page);
  });

  await test.step("replace the key: the stored one is not shown, and the old test no longer counts", async () => {
    await sheet.getByRole("button", { name: "Replace key" }).click();
    await expect(sheet.getByLabel("API key")).toHaveValue("");
    await expectAccessible(page);
    await sheet.getByLabel("API key").fill(OTHER_KEY);
    await sheet.getByRole("button", { name: "Replace the key" }).click();
    await expect(sheet.getByText("ends in efgh")).toBeVisible();
    await expect(sheet.getByText("Not tested yet", { exact: true })).toBeVisible();
    await sheet.getByRole("button", { name: "Test", exact: true }).click();
    await expect(sheet.getByText("Test failed", { exact: true })).toBeVisible();
  });

  await test.step("disable it, and see that in the list", async () => {
    await sheet.getByRole("switch", { name: "Enabled" }).click();
    await expect(sheet.getByText("Disabled", { exact: true })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(sheet).toHaveCount(0);
    const row = page.getByRole("row").filter({ hasText: "Our account" });
    await expect(row).toContainText("Disabled");
    await expect(row).toContainText("efgh");
    await expectAccessible(page);
  });

  await test.step("delete it by its name", async () => {
    await page.getByRole("link", { name: "Our account" }).click();
    await deleteFrom(page, sheet.first(), "Our account");
    await expect(page.getByText("No connection of your own yet")).toBeVisible();
  });
});

test("several of one provider are put in order at once, and stay as they are when that is refused", async ({
  page,
  demo,
  server: { baseUrl },
}) => {
  await openSignedIn(page, "/demo/connections", demo);
  await expect(page.getByRole("heading", { level: 1, name: "Connections" })).toBeVisible();
  for (const name of ["Main", "Overflow"]) {
    await connect(page, baseUrl, { provider: "groq", name, fields: { apiKey: OTHER_KEY } });
  }
  await page.reload();
  const names = page.getByRole("rowheader");
  await expect(names).toHaveText(["Main", "Overflow"]);
  await page.getByRole("button", { name: "Try Main later" }).click();
  await expect(names).toHaveText(["Overflow", "Main"]);
  await expect(page.getByText("Main is now number 2 of 2.")).toBeAttached();
  await expectAccessible(page);

  await page.reload();
  await expect(names).toHaveText(["Overflow", "Main"]);
  const error = { code: "conflict", message: "It leaves out one that was just added.", requestId: "request-1" };
  await page.route("**/connections/order", (route) => route.fulfill({ status: 409, json: { error } }));
  await page.getByRole("button", { name: "Try Main earlier" }).click();
  await expect(page.getByText(error.message)).toBeVisible();
  await expect(names).toHaveText(["Overflow", "Main"]);

  const { data } = (await (await page.request.get("/api/tenants/demo/connections")).json()) as ConnectionList;
  for (const { id, owner } of data) {
    if (owner !== "tenant") continue;
    await page.request.delete(`/api/tenants/demo/connections/${id}`, { headers: { origin: baseUrl } });
  }
});

test("a region is one of the provider's or in one's own words", async ({ page, demo }) => {
  await openSignedIn(page, "/demo/connections?add=bedrock", demo);
  const region = page.getByLabel("Region");
  await expect(region).toHaveRole("combobox");
  const listId = await region.getAttribute("list");
  await expect(page.locator(`datalist[id="${listId}"] option[value="eu-central-1"]`)).toHaveCount(1);
  await region.fill("xx-own-9");
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByText("Access key id or API key must be set too")).toBeVisible();
  await expect(region).toHaveValue("xx-own-9");
  await expectAccessible(page);
});

test("a server of one's own is discovered, priced by the GPU-hour, discovered again and deleted", async ({
  page,
  demo,
}) => {
  test.slow();
  const sheet = page.getByRole("dialog");
  await openSignedIn(page, "/demo/self-hosted", demo);
  await expect(page.getByText("SWITCHYARD_EGRESS_ALLOW").first()).toBeVisible();
  await expectAccessible(page);

  await test.step("add it, with a price that has to be an amount", async () => {
    await page.getByRole("button", { name: "Add a server" }).click();
    await sheet.getByRole("button", { name: "Ollama" }).click();
    await sheet.getByLabel("Base URL").fill(server.baseUrl);
    await sheet.getByRole("radio", { name: "Per GPU-hour" }).click();
    await sheet.getByLabel("$ per GPU-hour").fill("much");
    await sheet.getByRole("button", { name: "Add the server" }).click();
    await expect(sheet.getByText("Give dollars, such as 0.15.")).toBeVisible();
    await sheet.getByLabel("$ per GPU-hour").fill("1.20");
    await sheet.getByRole("button", { name: "Add the server" }).click();
    await expect(sheet.getByRole("list", { name: "Models" })).toContainText("llama3.2:3b");
    await expect(sheet.getByText("$1.20")).toBeVisible();
    await expectAccessible(page);
  });

  await test.step("see that it is up, and when it is down why and since when", async () => {
    await expect(sheet.getByText("Up", { exact: true }).first()).toBeVisible();
    server.key = "a-key-that-it-was-not-given";
    await sheet.getByRole("button", { name: "Check now" }).click();
    await expect(sheet.getByText("It does not answer as it should")).toBeVisible();
    await expect(sheet.getByText("The key is refused").first()).toBeVisible();
    await expect(sheet.getByText("Down", { exact: true }).first()).toBeVisible();
    await expect(sheet.getByRole("img", { name: /checks in the last 24 hours, .* failed/ })).toBeVisible();
    await sheet.getByRole("radio", { name: "7 days" }).click();
    await sheet.getByRole("radio", { name: "Table" }).click();
    await expect(sheet.getByRole("row", { name: /key refused/ })).toBeVisible();
    await expectAccessible(page);
    server.key = null;
    await sheet.getByRole("button", { name: "Check now" }).click();
    await expect(sheet.getByText("It does not answer as it should")).toHaveCount(0);
    await expect(sheet.getByRole("paragraph").filter({ hasText: "Last failure" })).toContainText("The key is refused");
  });

  await test.step("see what it has got and lost since, and take it over", async () => {
    server.models.splice(0, 1, "qwen3:8b");
    await sheet.getByRole("button", { name: "Check now" }).click();
    await expect(sheet.getByText("llama3.2:3b is no longer there.")).toBeVisible();
    await expect(sheet.getByText("qwen3:8b is new.")).toBeVisible();
    await expectAccessible(page);
    await sheet.getByRole("button", { name: "Discover again" }).click();
    await expect(sheet.getByRole("list", { name: "Models" })).toContainText("qwen3:8b");
    await expect(sheet.getByText("Its models have changed")).toHaveCount(0);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("row").filter({ hasText: server.baseUrl })).toContainText("per GPU-hour");
  });

  await test.step("look at it in the dark and on a phone", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page);
    await page.getByRole("link", { name: "Ollama" }).click();
    await expect(sheet.getByRole("button", { name: "Discover again" })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step("delete it by its name", async () => {
    await deleteFrom(page, sheet.first(), "Ollama");
    await expect(page.getByText("No server of your own yet")).toBeVisible();
  });
});
