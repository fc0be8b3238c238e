import OpenAI from "openai";
import { expect, test } from "#e2e/support/browser.ts";
import { expectAccessible, fillSignIn } from "#e2e/support/console.ts";

test("a newcomer signs in, changes the tier, calls, and sees the call", async ({ page, baseURL, demo }) => {
  const client = new OpenAI({ baseURL: `${baseURL}/v1`, apiKey: demo.apiKey, maxRetries: 0 });
  const call = () =>
    client.chat.completions
      .create({ model: "email-classification", messages: [{ role: "user", content: "Our invoice is wrong." }] })
      .withResponse();

  await test.step("sign in", async () => {
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
    await expectAccessible(page);
    await fillSignIn(page, demo);
    await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
    await expectAccessible(page);
  });

  const before = await call();
  expect(before.response.headers.get("x-switchyard-route-version")).toBe("1");

  await test.step("change the tier, having seen what it changes", async () => {
    await page.getByRole("navigation").getByRole("link", { name: "Mode" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Mode" })).toBeVisible();
    await page.getByRole("radio", { name: "Economy" }).click();
    await expect(page.getByRole("heading", { name: "What changes with Economy" })).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel("Note (optional)").fill("Half the cost will do");
    await page.getByRole("button", { name: "Apply Economy" }).click();
    await expect(page.getByText("Economy is published as version 2")).toBeVisible();
    await expect(page.getByRole("radio", { name: "Economy" })).toBeChecked();
  });

  const after = await call();
  const model = after.response.headers.get("x-switchyard-model") ?? "";
  expect(after.response.headers.get("x-switchyard-route-version")).toBe("2");
  expect(model).not.toBe(before.response.headers.get("x-switchyard-model"));

  await test.step("see the call, with what answered it and what it cost", async () => {
    await page.getByRole("navigation").getByRole("link", { name: "Overview" }).click();
    const row = page.getByRole("row").filter({ hasText: model }).filter({ hasText: "email-classification" }).first();
    await expect(row).toBeVisible();
    await expect(row).toContainText("Simulated");
    await row.getByRole("link").first().click();
    const sheet = page.getByRole("dialog");
    await expect(sheet).toContainText(model);
    await expect(sheet).toContainText(after.response.headers.get("x-request-id") ?? "no request id");
    expect(new URL(page.url()).searchParams.get("invocation")).toBe(
      after.response.headers.get("x-switchyard-invocation-id"),
    );
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await expect(sheet).toBeHidden();
  });
});

test("a wrong password is refused beside the form, and nothing says which part was wrong", async ({ page, demo }) => {
  await page.goto("/sign-in");
  await fillSignIn(page, { ...demo, password: "not the password" });
  await expect(page.getByText("That e-mail address and password do not match.")).toBeVisible();
  await expectAccessible(page);
});

test("a signed-out visitor is sent to the sign-in and, signed in, back to where they were going", async ({
  page,
  demo,
}) => {
  await page.goto("/demo/mode");
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await fillSignIn(page, demo);
  await expect(page.getByRole("heading", { level: 1, name: "Mode" })).toBeVisible();
});

test("a tenant that is not one's own does not exist", async ({ page, demo }) => {
  await page.goto("/sign-in");
  await fillSignIn(page, demo);
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  const response = await page.goto("/somebody-else");
  expect(response?.status()).toBe(404);
  await expectAccessible(page);
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const [name, viewport] of [
    ["wide", { width: 1440, height: 900 }],
    ["narrow", { width: 390, height: 844 }],
  ] as const) {
    test(`every page is accessible ${name} and ${colorScheme}`, async ({ page, demo }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize(viewport);
      await page.goto("/sign-in");
      await fillSignIn(page, demo);
      await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
      for (const [path, heading] of [
        ["/demo", "Overview"],
        ["/demo/mode", "Mode"],
      ] as const) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
        await expectAccessible(page);
      }
    });
  }
}
