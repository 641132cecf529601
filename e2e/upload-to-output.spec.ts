import { expect, test } from "@playwright/test";
import { makeClip } from "./support/clips.ts";
import { taskRow, upload, uploadRow } from "./support/console.ts";

test("two files uploaded with a procedure become two tasks that can be followed from the upload to the HLS stream", async ({
  page,
}) => {
  const paths = [await makeClip("harbour.mp4"), await makeClip("일출 日出 'quoted'.mp4", { seconds: 2 })];
  await upload(page, paths, "LongVideoPreset");
  for (const name of ["harbour.mp4", "일출 日出 'quoted'.mp4"]) {
    await expect(uploadRow(page, name)).toContainText("its task created", { timeout: 120_000 });
  }
  await uploadRow(page, "harbour.mp4").getByRole("link", { name: "View task" }).click();
  await expect(page.getByText("Succeeded").first()).toBeVisible({ timeout: 240_000 });

  await page.goto("/tasks?search=harbour");
  const row = taskRow(page, "harbour");
  await expect(row).toContainText("3/3", { timeout: 240_000 });
  await expect(page.locator("tr[data-row]")).toHaveCount(1);
  await row.click();
  const hls = page.locator("tr[data-row-of]").getByRole("row").filter({ hasText: "HLS" }).first();
  await hls.getByRole("button", { name: "Play" }).click();
  const video = page.getByRole("dialog").locator("video");
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.currentTime)).toBeGreaterThan(0.3);
});

test("a stored file is served in ranges, so that players can seek", async ({ page, request }) => {
  await upload(page, [await makeClip("ranges.mp4", { seconds: 2 })]);
  await expect(uploadRow(page, "ranges.mp4")).toContainText("Added to your media", { timeout: 120_000 });
  await uploadRow(page, "ranges.mp4").getByRole("link", { name: "View media" }).click();
  const source = await page
    .locator("video")
    .first()
    .evaluate((element: HTMLVideoElement) => element.currentSrc || element.src);
  const part = await request.get(source, { headers: { range: "bytes=100-199" } });
  expect(part.status()).toBe(206);
  expect(part.headers()["content-range"]).toMatch(/^bytes 100-199\/\d+$/);
  expect((await part.body()).length).toBe(100);
});
