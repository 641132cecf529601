import { expect, test } from "@playwright/test";
import { makeClip } from "./support/clips.ts";
import { pick, signIn, taskRow, upload, uploadRow } from "./support/console.ts";

test("a procedure put together from templates runs on an upload", async ({ page }) => {
  await page.goto("/procedures");
  await page.getByRole("link", { name: "New procedure" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Teaser");
  await page.getByRole("button", { name: "Add steps" }).click();
  const picker = page.getByRole("dialog");
  await picker.getByPlaceholder("Search templates by name or number").fill("100010");
  await picker
    .getByRole("button", { name: /100010|MP4/ })
    .first()
    .click();
  await picker.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Create procedure" }).click();
  await expect(page.getByText("Procedure created")).toBeVisible();

  await upload(page, [await makeClip("teaser-source.mp4", { seconds: 2 })], "Teaser");
  await expect(uploadRow(page, "teaser-source.mp4")).toContainText("its task created", { timeout: 120_000 });
  await page.goto("/tasks?search=teaser-source");
  await expect(taskRow(page, "teaser-source")).toContainText("Teaser");
  await expect(taskRow(page, "teaser-source")).toContainText("1/1", { timeout: 120_000 });
});

test("a viewer sees everything and is offered nothing that changes anything", async ({ page, browser }) => {
  await page.goto("/settings?section=users");
  await page.getByRole("button", { name: "Add user" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Vera Viewer");
  await dialog.getByLabel("Email").fill("vera@example.org");
  await dialog.getByLabel("Password", { exact: true }).fill("only-looking-around");
  await pick(page, dialog.getByLabel("Role"), "Viewer");
  await dialog.getByRole("button", { name: "Add user" }).click();
  await expect(page.getByText("vera@example.org")).toBeVisible();

  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const vera = await context.newPage();
  await signIn(vera, { email: "vera@example.org", password: "only-looking-around" });
  await expect(vera.locator("tr[data-row]").first()).toBeVisible();
  await expect(vera.getByRole("button", { name: "New task" })).toHaveCount(0);
  await vera.locator("tr[data-row]").first().getByRole("button", { name: "Actions" }).click();
  await expect(vera.getByRole("menuitem", { name: "Details" })).toBeVisible();
  await expect(vera.getByRole("menuitem", { name: "Restart all" })).toHaveCount(0);
  await context.close();
});
