import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { probeFile, runFolder } from "./support/clips.ts";
import { ADMIN, chooseFromMenu, pick } from "./support/console.ts";

test("a newcomer sets up, tries the sample clip, watches it being processed, plays and downloads the result", async ({
  page,
  context,
}) => {
  await page.goto(process.env.E2E_SETUP_LINK ?? "");
  await page.getByLabel("Name").fill(ADMIN.name);
  await page.getByLabel("Email").fill(ADMIN.email);
  await page.getByLabel("Password", { exact: true }).fill(ADMIN.password);
  await page.getByRole("button", { name: "Create account" }).click();

  await expect(page.getByRole("heading", { name: "No tasks yet" })).toBeVisible();
  await context.storageState({ path: join(runFolder(), "admin.json") });
  await page.getByRole("button", { name: "Make a sample" }).click();
  await page.getByRole("heading", { name: "Process a media" }).waitFor({ timeout: 120_000 });

  await page.getByRole("button", { name: "New task" }).first().click();
  const dialog = page.getByRole("dialog", { name: "New task" });
  await dialog.getByText("Choose media…").click();
  await page.getByRole("option").first().click();
  await pick(page, dialog.getByText("Choose a procedure…"), "Starter");
  await dialog.getByRole("button", { name: "Create task" }).click();

  const row = page.locator("tr[data-row]").first();
  await expect(row).toContainText("Starter");
  await expect(row.getByRole("progressbar")).toBeVisible();
  await expect(row).toContainText("Succeeded", { timeout: 240_000 });
  await expect(row).toContainText("6/6");

  await row.click();
  const subtasks = page.locator("tr[data-row-of]");
  const first = subtasks.getByRole("row").filter({ hasText: "MP4" }).first();
  await first.getByRole("button", { name: "Play" }).click();
  const video = page.getByRole("dialog").locator("video");
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.currentTime)).toBeGreaterThan(0.3);
  await page.keyboard.press("Escape");

  const downloading = page.waitForEvent("download");
  await first.getByRole("link", { name: "Download" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/\.mp4$/);
  const probed = await probeFile(await download.path());
  expect(probed.streams.map(({ codec_name }) => codec_name).sort()).toEqual(["aac", "h264"]);

  await chooseFromMenu(row, "Details");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.goto(process.env.E2E_SETUP_LINK ?? "");
  await expect(page.getByText("Reelflow is already set up.")).toBeVisible();
});
