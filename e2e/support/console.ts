import AxeBuilder from "@axe-core/playwright";
import { type Cookie, expect, type Page } from "@playwright/test";
import { waitForHydration } from "./hydration.ts";
import type { DemoCredentials } from "./server.ts";

const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** On the sign-in page, where each page leads who is not signed in. */
export async function fillSignIn(page: Page, { email, password }: DemoCredentials): Promise<void> {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** The cookies of a person who has signed in. */
export async function signIn(page: Page, baseUrl: string, credentials: DemoCredentials): Promise<Cookie[]> {
  await waitForHydration(page);
  await page.goto(`${baseUrl}/sign-in`);
  await fillSignIn(page, credentials);
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  const found = await page.context().cookies();
  await page.close();
  return found;
}

export async function openPage(page: Page, baseUrl: string, title: "Mode" | "Routing" | "Residency"): Promise<void> {
  await page.goto(`${baseUrl}/demo/${title.toLowerCase()}`);
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

/** By the management API, as the page of the connections does it. */
export async function connect(page: Page, baseUrl: string, connection: object): Promise<void> {
  const answer = await page.request.post(`${baseUrl}/api/tenants/demo/connections`, {
    headers: { origin: baseUrl },
    data: connection,
  });
  expect(answer.ok(), await answer.text()).toBe(true);
}

export async function addTarget(page: Page, model: string): Promise<void> {
  await page.getByLabel("Model", { exact: true }).fill(model);
  await page.getByRole("button", { name: "Add target" }).click();
}

/** Once its difference says all of `differences`. */
export async function publishDraft(page: Page, note: string, ...differences: readonly string[]): Promise<void> {
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.getByRole("button", { name: "Review and publish" }).click();
  const sheet = page.getByRole("dialog");
  for (const difference of differences) await expect(sheet.getByText(difference)).toBeVisible();
  await expectAccessible(page);
  await sheet.getByLabel("Note (optional)").fill(note);
  await sheet.getByRole("button", { name: /^Publish as version/ }).click();
  await expect(sheet).toBeHidden();
  await expect(page.getByText("No draft")).toBeVisible();
}

/** Nothing is wider than the page: WCAG's reflow, which axe does not look for. */
async function expectReflow(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth))
    .toBeLessThan(1);
}

export async function expectAccessible(page: Page): Promise<void> {
  await expectReflow(page);
  // Without the second page that axe opens otherwise, to put the findings of foreign frames together: there are none.
  const { violations } = await new AxeBuilder({ page }).withTags(AXE_TAGS).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
}
