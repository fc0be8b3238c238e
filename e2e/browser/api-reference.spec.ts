import type { Page } from "@playwright/test";
import { expect, test } from "#e2e/support/browser.ts";
import { expectAccessible } from "#e2e/support/console.ts";

async function unfoldAnswers(page: Page): Promise<void> {
  await page.locator("main details").evaluateAll((all) => {
    for (const details of all) details.setAttribute("open", "");
  });
}

async function expectToFit(page: Page): Promise<void> {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(beyond, `${page.url()} is wider than its window`).toBeLessThanOrEqual(0);
}

test("a stranger finds an operation, reads it, and follows its answer to the schema", async ({ page, baseURL }) => {
  const outside: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(`${baseURL}/`) && !request.url().startsWith("data:")) outside.push(request.url());
  });
  await page.goto("/docs/api");
  await expect(page.getByRole("heading", { level: 1, name: "API reference" })).toBeVisible();
  await expect(page.getByText(`export SWITCHYARD_URL=${baseURL}`)).toBeVisible();

  const contents = page.getByRole("navigation", { name: "Reference" });
  await page.getByRole("searchbox", { name: "Find an operation" }).fill("revoke key");
  await expect(contents.getByRole("listitem")).toHaveCount(1);
  await contents.getByRole("link", { name: "Revoke an API key" }).click();

  await expect(page).toHaveURL(/\/docs\/api\/api-keys#revokeApiKey$/);
  const operation = page.getByRole("article", { name: "Revoke an API key" });
  await expect(operation.getByRole("heading", { name: "Revoke an API key" })).toBeInViewport();
  await expect(operation).toContainText("/api/tenants/{tenant}/api-keys/{id}");
  await expect(operation).toContainText("Needs api-key:write: owner, admin or developer");
  await expect(operation.getByRole("figure")).toContainText("/api/tenants/demo/api-keys/$API_KEY_ID");
  await expect(operation.getByRole("button", { name: "Copy Revoke an API key with curl" })).toBeVisible();

  await operation.getByText("200 Done. ApiKey").click();
  await operation.getByRole("link", { name: "ApiKey", exact: true }).click();
  await expect(page).toHaveURL(/\/docs\/api\/schemas#ApiKey$/);
  await expect(page.getByRole("heading", { name: "ApiKey", exact: true })).toBeInViewport();
  expect(outside).toEqual([]);
});

test("what is sought before the page listens is found once it does", async ({ page }) => {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/_next/static/**/*.js", async (route) => {
    await released;
    await route.continue();
  });
  const opened = page.goto("/docs/api");
  await page.getByRole("searchbox", { name: "Find an operation" }).fill("revoke key");
  release();
  await opened;
  await expect(page.getByRole("navigation", { name: "Reference" }).getByRole("listitem")).toHaveCount(1);
});

test("an anchor leads straight to its operation, and a keyboard past the contents", async ({ page }) => {
  await page.goto("/docs/api/connections#deleteConnection");
  await expect(page.getByRole("heading", { name: "Delete a connection" })).toBeInViewport();
  await expect(page.getByRole("link", { name: "Delete a connection" }).first()).toHaveAttribute(
    "aria-current",
    "location",
  );
  await page.goto("/docs/api");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

test("on a phone the contents open over the page and lead to an operation", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/docs/api/connections");
  await page.getByRole("button", { name: "Open the contents" }).click();
  const sheet = page.getByRole("dialog", { name: "Contents" });
  await expect(sheet).toBeVisible();
  await expectAccessible(page);
  await sheet.getByRole("link", { name: "Check a server now" }).click();
  await expect(sheet).toBeHidden();
  await expect(page.getByRole("heading", { name: "Check a server now" })).toBeInViewport();
});

test("what is not described has no page", async ({ page }) => {
  expect((await page.goto("/docs/api/nothing"))?.status()).toBe(404);
});

test("no page of the reference is wider than a phone", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of ["", "/calls", "/connections", "/routes", "/residency", "/schemas"]) {
    await page.goto(`/docs/api${path}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await unfoldAnswers(page);
    await expectToFit(page);
  }
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const [name, viewport] of [
    ["wide", { width: 1440, height: 900 }],
    ["narrow", { width: 390, height: 844 }],
  ] as const) {
    test(`the reference is accessible ${name} and ${colorScheme}`, async ({ page }) => {
      // Axe looks at every one of some thousand elements.
      test.slow();
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize(viewport);
      for (const [path, heading] of [
        ["/docs/api", "API reference"],
        ["/docs/api/mode", "Mode"],
      ] as const) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
        await unfoldAnswers(page);
        await expectAccessible(page);
      }
    });
  }
}
