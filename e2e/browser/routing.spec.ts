import type { Cookie, Locator, Page } from "@playwright/test";
import { expect, pageTest as test } from "#e2e/support/browser.ts";
import { addTarget, connect, expectAccessible, openPage, publishDraft, signIn } from "#e2e/support/console.ts";
import { startServer, type TestServer } from "#e2e/support/server.ts";

const MODELS = ["gpt-5.5", "gpt-5.4-mini", "gpt-5.4-nano"] as const;

/** Its own, since what is published here is not what the other specs begin with. */
let server: TestServer;
let cookies: Cookie[];

test.beforeAll(async ({ browser }) => {
  server = await startServer({ mount: "node" });
  cookies = await signIn(await browser.newPage(), server.baseUrl, await server.credentials());
});
test.afterAll(() => server?.stop());

test("a chain is put in order by dragging and by buttons, gets its patience, and both are published", async ({
  page,
}) => {
  // A whole journey with axe at every stop: a busy machine takes its time over it.
  test.slow();
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.context().addCookies(cookies);
  await connect(page, server.baseUrl, {
    provider: "openai",
    name: "Our OpenAI",
    fields: { apiKey: "sk-of-the-tenant-0123456789abcdef" },
  });
  await openPage(page, server.baseUrl, "Routing");
  await page.getByLabel("Mode", { exact: true }).selectOption({ label: "Bring your own model" });
  await page.getByRole("button", { name: "Edit default chain" }).click();
  for (const model of MODELS) await addTarget(page, model);
  const sheet = page.getByRole("dialog");
  const rows = sheet.getByRole("region", { name: "Targets, tried in this order" }).getByRole("listitem");
  const rowOf = (model: string) => rows.filter({ hasText: model });
  await expect(rows).toContainText([...MODELS]);

  await test.step("see while dragging where the row would land, and leave all as it was with Esc", async () => {
    await dragOver(page, rowOf("gpt-5.5"), rowOf("gpt-5.4-nano"));
    await expect(rows).toContainText([/^3.*gpt-5\.5/, /^1.*mini/, /^2.*nano/]);
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await expect(rows).toContainText([/^1.*gpt-5\.5/, /^2.*mini/, /^3.*nano/]);
    await page.mouse.up();
    await expect(sheet).toBeVisible();
    await expect(rows).toContainText([...MODELS]);
  });

  await test.step("drag the first to the end, and bring it one up by its button", async () => {
    await dragOver(page, rowOf("gpt-5.5"), rowOf("gpt-5.4-nano"));
    await page.mouse.up();
    await expect(sheet.getByText("gpt-5.5 at OpenAI is now number 3.")).toBeAttached();
    await expect(rows).toContainText(["gpt-5.4-mini", "gpt-5.4-nano", "gpt-5.5"]);
    const up = sheet.getByRole("button", { name: "Move gpt-5.5 at OpenAI up" });
    await up.click();
    await expect(sheet.getByText("gpt-5.5 at OpenAI is now number 2.")).toBeAttached();
    await expect(rows).toContainText(["gpt-5.4-mini", "gpt-5.5", "gpt-5.4-nano"]);
    await expect(up).toBeFocused();
  });

  const patience = sheet.getByRole("group", { name: "Time and retries of gpt-5.5 at OpenAI" });
  const firstToken = patience.getByLabel("First token, seconds");
  const wholeAnswer = patience.getByLabel("Whole answer, seconds");
  const save = sheet.getByRole("button", { name: "Save to draft" });

  await test.step("be told beside the field what a time cannot be, and be kept from saving it", async () => {
    await expect(rowOf("gpt-5.5")).toContainText("as usual");
    await rowOf("gpt-5.5").locator("summary").click();
    await firstToken.fill("soon");
    await wholeAnswer.fill("5");
    await expect(firstToken).toHaveAccessibleDescription(/Write a number of seconds, such as 5 or 0\.5\./);
    await firstToken.fill("6");
    await wholeAnswer.focus();
    await expect(firstToken).toHaveAccessibleDescription(/No longer than the whole answer/);
    await expect(save).toBeDisabled();
    await expectAccessible(page);
  });

  await test.step("set the times and the retries, and read them in the row", async () => {
    await wholeAnswer.fill("30");
    await patience.getByLabel("Retries").selectOption({ label: "2" });
    await rowOf("gpt-5.5").locator("summary").click();
    await expect(rowOf("gpt-5.5")).toContainText("6 s to its first token, 30 s for a whole answer and 2 retries");
    await save.click();
    await expect(sheet).toBeHidden();
    await expect(page.getByRole("region", { name: "Default chain" })).toContainText("Gets 6 s to its first token");
    const served = page.getByRole("row").filter({ hasText: "lead-qualification" });
    await expect(served).toContainText("Gets 6 s to its first token, 30 s for a whole answer and 2 retries.");
  });

  const given =
    "gets 6 s to its first token, 30 s for a whole answer and 2 retries instead of the usual time and retries.";
  await publishDraft(page, "Our account, and how long it may take", given);

  await test.step("see both in a trial and in the versions", async () => {
    await page.getByRole("radio", { name: "Try a request" }).click();
    const planned = page.getByRole("region", { name: "Tried in this order" }).getByRole("listitem");
    await expect(planned.nth(1)).toContainText("Gets 6 s to its first token, 30 s for a whole answer and 2 retries.");
    await page.getByRole("radio", { name: "Versions" }).click();
    await expect(page.getByRole("row").filter({ hasText: "Our account, and how long" })).toContainText(given);
  });

  await test.step("edit it in the dark on a phone", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 390, height: 844 });
    await openPage(page, server.baseUrl, "Routing");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Edit default chain" }).click();
    await rowOf("gpt-5.5").locator("summary").click();
    await expect(firstToken).toHaveValue("6");
    await expectAccessible(page);
  });
});

/** Takes a row by its handle and holds it over the lower half of another. */
async function dragOver(page: Page, row: Locator, other: Locator): Promise<void> {
  const handle = row.getByTitle("Drag to another place");
  await handle.hover();
  await page.mouse.down();
  // Only once the row is held does what the page still loads no longer move the others under the pointer.
  await expect(handle).toHaveCSS("cursor", "grabbing");
  const box = await other.boundingBox();
  if (box === null) throw new Error("There is no row to drag over.");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height - 4, { steps: 5 });
}
