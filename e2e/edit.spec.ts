import { expect, test } from "@playwright/test";
import { makeClip } from "./support/clips.ts";
import { upload, uploadRow } from "./support/console.ts";

test("two uploads are joined in the console, and the new media plays", async ({ page }) => {
  const names = ["edit-one.mp4", "edit-two.mp4"];
  await upload(page, [
    await makeClip("edit-one.mp4", { seconds: 2, size: "320x180" }),
    await makeClip("edit-two.mp4", { seconds: 2, size: "180x320" }),
  ]);
  for (const name of names) {
    await expect(uploadRow(page, name)).toContainText("Added to your media", { timeout: 120_000 });
  }
  await page.goto("/media?search=edit-");
  for (const name of names) await page.getByLabel(`Select ${name}`).check({ force: true });
  await page.getByRole("link", { name: "Join…" }).click();

  // From where the player stands: the first clip ends at its first second.
  const video = page.locator("video");
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.readyState)).toBeGreaterThan(1);
  await video.evaluate((element: HTMLVideoElement) => {
    element.currentTime = 1;
  });
  await page.getByRole("button", { name: "End here" }).click();
  const clips = page.getByRole("listitem", { name: /^Clip \d/ });
  await expect(clips.first().getByLabel("End")).toHaveValue("0:01");

  // A time beyond the end is said where it stands.
  await clips.nth(1).getByLabel("Start").fill("0:09");
  await expect(clips.nth(1)).toContainText("Lies beyond the end of the media.");
  await clips.nth(1).getByLabel("Start").fill("0:01.5");
  await clips.nth(1).getByRole("button", { name: "Move clip 2 up" }).click();
  await expect(clips.first()).toContainText("edit-two.mp4");
  await page.getByLabel("Name").fill("Both of them.mp4");
  await page.getByRole("button", { name: "Join", exact: true }).click();

  await page.getByRole("link", { name: "Both of them.mp4" }).click({ timeout: 120_000 });
  await expect(page.getByRole("heading", { name: "Both of them.mp4" })).toBeVisible();
  await page.getByRole("button", { name: /^play/i }).first().click();
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.currentTime)).toBeGreaterThan(0.3);
  const seconds = await video.evaluate((element: HTMLVideoElement) => element.duration);
  expect(Math.abs(seconds - 1.5)).toBeLessThan(0.1);
});
