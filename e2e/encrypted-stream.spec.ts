import { expect, test } from "@playwright/test";
import { makeClip } from "./support/clips.ts";
import { taskRow, upload, uploadRow } from "./support/console.ts";

test("an encrypted stream plays for a user; its key is for nobody else", async ({ page, playwright, baseURL }) => {
  await upload(page, [await makeClip("vault.mp4", { seconds: 2, size: "320x240" })], "SimpleAesEncryptPreset");
  await expect(uploadRow(page, "vault.mp4")).toContainText("its task created", { timeout: 120_000 });
  await page.goto("/tasks?search=vault");
  const row = taskRow(page, "vault");
  await expect(row).toContainText("3/3", { timeout: 240_000 });
  await row.click();

  const keyAsked = page.waitForResponse((response) => response.url().includes("/api/keys/"));
  const hls = page.locator("tr[data-row-of]").getByRole("row").filter({ hasText: "HLS" }).first();
  await hls.getByRole("button", { name: "Play" }).click();
  const key = await keyAsked;
  expect((await key.body()).length).toBe(16);
  const video = page.getByRole("dialog").locator("video");
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.currentTime)).toBeGreaterThan(0.3);

  const nobody = await playwright.request.newContext({ baseURL, storageState: { cookies: [], origins: [] } });
  expect((await nobody.get(key.url())).status()).toBe(401);
  await nobody.dispose();
});
