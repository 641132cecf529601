import { expect, test } from "@playwright/test";
import { makeClip } from "./support/clips.ts";
import { upload, uploadRow } from "./support/console.ts";

test("a media gets tags, a category and an end, and is found by them", async ({ page }) => {
  const name = "labelled.mp4";
  await upload(page, [await makeClip(name, { seconds: 1, size: "320x180" })]);
  await expect(uploadRow(page, name)).toContainText("Added to your media", { timeout: 120_000 });

  await page.goto("/media");
  await page.getByRole("button", { name: "Categories", exact: true }).click();
  const categories = page.getByRole("dialog", { name: "Categories" });
  await categories.getByLabel("New category").fill("Journeys");
  await page.keyboard.press("Enter");
  await categories.getByRole("button", { name: "Add a category below Journeys" }).click();
  await categories.getByLabel("New category below Journeys").fill("By sea");
  await page.keyboard.press("Enter");
  await expect(categories.getByText("By sea")).toBeVisible();
  // The same name in the same place says why not.
  await categories.getByLabel("New category").fill("Journeys");
  await page.keyboard.press("Enter");
  await expect(page.getByText("There is a category of this name in the same place already.")).toBeVisible();
  await page.keyboard.press("Escape");

  await page.getByRole("link", { name }).first().click();
  await page.getByRole("button", { name: "Edit details" }).click();
  const dialog = page.getByRole("dialog", { name: "Edit details" });
  await dialog.getByLabel("Description").fill("A ship in the evening");
  await dialog.getByRole("textbox", { name: "Tags" }).fill("evening");
  await page.keyboard.press("Enter");
  await page.keyboard.type("ship,");
  await page.keyboard.type("mistake,");
  await dialog.getByRole("button", { name: "Remove tag mistake" }).click();
  await dialog.getByRole("combobox", { name: "Category" }).click();
  await page.getByRole("option", { name: "Journeys / By sea" }).click();
  await dialog.getByLabel("Deleted on").fill("2020-01-01T00:00");
  await expect(dialog).toContainText("Choose a time in the future.");
  await dialog.getByLabel("Deleted on").fill("2099-01-01T12:00");
  await dialog.getByRole("button", { name: "Save" }).click();

  await expect(page.getByText("A ship in the evening")).toBeVisible();
  await expect(page.getByText("Jan 1, 2099, 12:00 PM")).toBeVisible();
  await page.getByRole("link", { name: "ship" }).click();
  await expect(page).toHaveURL(/\?tag=ship$/);
  await expect(page.getByRole("link", { name })).toBeVisible();
  await expect(page.getByText("1 media", { exact: true })).toBeVisible();

  await page.goto("/media");
  await page.getByRole("combobox", { name: "Category" }).click();
  await page.getByRole("option", { name: "Journeys", exact: true }).click();
  await expect(page).toHaveURL(/category=\d+$/);
  await expect(page.getByRole("link", { name })).toBeVisible();

  // Gone again, so that other journeys find the library as it was.
  await page.getByRole("link", { name }).click();
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("heading", { name: "Media", level: 1 })).toBeVisible();
});
