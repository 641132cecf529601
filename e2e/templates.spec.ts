import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";

/** The command of a form or a page, as its lines are shown. */
const command = (page: Page) => page.locator("figure pre").first();

test("a preset is duplicated, changed, saved, compared, rolled back, taken elsewhere as JSON, and not deleted while in use", async ({
  page,
}) => {
  await page.goto("/templates?search=100030");
  await page.getByRole("link", { name: "MP4-HD-720P" }).click();
  await page.getByRole("link", { name: "Duplicate" }).click();
  await expect(page.getByLabel("Name")).toHaveValue("MP4-HD-720P copy");
  await page.getByLabel("Name").fill("Our 720p");

  // What cannot be is shown, and says why.
  await page.getByLabel("Container").click();
  await page.getByRole("option", { name: "FLV" }).click();
  await page.getByLabel("Codec").first().click();
  const vp9 = page.getByRole("option", { name: /^VP9/ });
  await expect(vp9).toHaveAttribute("aria-disabled", "true");
  await expect(vp9).toContainText("This codec does not fit into the chosen container.");
  await page.keyboard.press("Escape");
  await page.getByLabel("Container").click();
  await page.getByRole("option", { name: "MP4" }).click();
  await expect(page.getByLabel("Quality (CRF)")).toBeDisabled();

  // The command follows what is typed.
  await expect(command(page)).toContainText("-b:v 1800k");
  await page.getByLabel("Bit rate").first().fill("2400");
  await expect(command(page).locator("mark").first()).toContainText("-b:v 2400k");

  // What is typed outlives a click on a link, as text as well.
  await page.getByRole("radio", { name: "JSON" }).click();
  await expect(page.getByLabel("Parameters as JSON")).toContainText('"bitrateKbps": 2400');
  await page.getByRole("link", { name: "Procedures" }).click();
  await expect(page.getByRole("heading", { name: "Procedures", level: 1 })).toBeVisible();
  await page.goBack();
  await expect(page.getByText("This is what you typed before you left without saving.")).toBeVisible();
  await page.getByRole("radio", { name: "Form" }).click();
  await expect(page.getByLabel("Bit rate").first()).toHaveValue("2400");
  await page.getByRole("button", { name: "Create template" }).click();

  await expect(page.getByRole("heading", { name: "Our 720p" })).toBeVisible();
  const address = new URL(page.url()).pathname;
  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByLabel("Height").first().fill("540");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved as version 2")).toBeVisible();

  await page.getByRole("tab", { name: /^Versions/ }).click();
  const changes = page.getByRole("row").filter({ hasText: "Video › Height" });
  await expect(changes).toContainText("720 px");
  await expect(changes).toContainText("540 px");
  await page.getByRole("button", { name: "Roll back to version 1" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Roll back" }).click();
  await expect(page.getByText("back to 1")).toBeVisible();
  await page.getByRole("tab", { name: "Command" }).click();
  await expect(command(page)).toContainText("-b:v 2400k");

  // As a file, and back from it beside the original.
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Export as JSON" }).click();
  const file = await (await download).path();
  expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({
    reelflow: 1,
    templates: [{ kind: "transcode", name: "Our 720p", params: { video: { bitrateKbps: 2400, heightPx: 720 } } }],
  });
  await page.goto("/templates");
  await page.getByRole("button", { name: "Import" }).click();
  await page.locator("input[type=file]").setInputFiles(file);
  await expect(page.getByText(/^Same name as/)).toBeVisible();
  await page.getByRole("button", { name: "Import 1 template" }).click();
  await expect(page.getByText("1 template imported")).toBeVisible();

  // In use it stays, and the way to whoever uses it is shown.
  await page.goto("/procedures/new");
  await page.getByLabel("Name").fill("Uses-ours");
  await page
    .getByRole("button", { name: /Add step/ })
    .first()
    .click();
  await page
    .getByRole("dialog")
    .getByRole("searchbox")
    .fill(address.split("/").at(-1) ?? "");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /Our 720p/ })
    .first()
    .click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Create/ }).click();
  await expect(page.getByRole("heading", { name: "Uses-ours" })).toBeVisible();
  await page.goto(address);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  const refusal = page.getByRole("dialog", { name: "“Our 720p” is in use" });
  await expect(refusal.getByRole("link", { name: "Uses-ours" })).toBeVisible();
});

test("of two people who edit a template, the second sees what the first has saved, and both changes are kept", async ({
  page,
  context,
}) => {
  await page.goto("/templates/new?from=transcode-100020");
  await page.getByLabel("Name").fill("Edited by two");
  await page.getByRole("button", { name: "Create template" }).click();
  await expect(page.getByRole("heading", { name: "Edited by two" })).toBeVisible();
  const edit = `${new URL(page.url()).pathname}/edit`;
  const other = await context.newPage();
  for (const one of [page, other]) {
    await one.goto(edit);
    await expect(command(one)).toBeVisible();
  }
  await other.getByLabel("Height").first().fill("480");
  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByText("Saved as version 2")).toBeVisible();

  await page.getByLabel("Bit rate").first().fill("900");
  await page.getByRole("button", { name: "Save" }).click();
  const conflict = page.getByRole("dialog", { name: "Somebody else has saved meanwhile" });
  await expect(conflict.getByRole("row").filter({ hasText: "Video › Height" })).toContainText("480 px");
  await expect(conflict.getByRole("row").filter({ hasText: "Video › Bit rate" })).toContainText("900 kbps");
  await conflict.getByRole("button", { name: "Merge into my draft" }).click();
  await expect(page.getByLabel("Height").first()).toHaveValue("480");
  await expect(page.getByLabel("Bit rate").first()).toHaveValue("900");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved as version 3")).toBeVisible();
});
