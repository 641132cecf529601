import { expect, test } from "@playwright/test";
import { makeClip } from "./support/clips.ts";
import { taskRow, upload, uploadRow } from "./support/console.ts";

test("a clip that is black for a while is found out: verdict in the list, and the moment one click away", async ({
  page,
}) => {
  const filter = "drawbox=color=black:t=fill:enable='between(t,2,5)'";
  await upload(page, [await makeClip("gloomy.mp4", { seconds: 6, filter })], "QualityCheck");
  await expect(uploadRow(page, "gloomy.mp4")).toContainText("its task created", { timeout: 120_000 });
  await page.goto("/tasks?search=gloomy");
  const row = taskRow(page, "gloomy");
  await expect(row).toContainText("2/2", { timeout: 240_000 });
  await row.click();
  const inspection = page.locator("tr[data-row-of]").getByRole("row").filter({ hasText: "Quality inspection" });
  await expect(inspection).toContainText(/Warnings|Failed/);
  await inspection.getByRole("button", { name: "View" }).click();
  const report = page.getByRole("dialog");
  await expect(report.getByRole("heading", { name: "Time line" })).toBeVisible();
  await report.getByRole("button", { name: /^Black picture, 0:02/ }).press("Enter");
  const video = report.locator("video");
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.currentTime)).toBeCloseTo(2, 0);
});
