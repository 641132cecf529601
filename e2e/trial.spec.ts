import { expect, test } from "@playwright/test";
import { makeClip } from "./support/clips.ts";
import { upload, uploadRow } from "./support/console.ts";

test("a preset is tried on a few seconds of one's own media: size, time, likeness, and both pictures under one divider", async ({
  page,
}) => {
  await upload(page, [await makeClip("to-try-on.mp4", { seconds: 5 })]);
  await expect(uploadRow(page, "to-try-on.mp4").getByRole("link", { name: "View media" })).toBeVisible({
    timeout: 60_000,
  });
  await page.goto("/templates/transcode/100010?tab=try");
  await page.getByLabel("Media", { exact: true }).click();
  await page.getByRole("option", { name: /to-try-on/ }).click();
  await page.getByRole("button", { name: "Try", exact: true }).click();
  await expect(page.getByText("Similarity (SSIM)")).toBeVisible({ timeout: 90_000 });
  await expect(page.getByText("Whole media would take")).toBeVisible();
  const divider = page.getByRole("slider", { name: "Divider" });
  await expect(divider).toBeVisible();
  const before = await divider.inputValue();
  await divider.focus();
  await page.keyboard.press("ArrowLeft");
  await expect(divider).not.toHaveValue(before);
});
