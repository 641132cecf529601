/** What the journeys do again and again in the console, in the words its users read. */
import { expect, type Locator, type Page } from "@playwright/test";

export const ADMIN = { name: "Ada Admin", email: "ada@example.org", password: "correct-horse-battery" };

export async function signIn(
  page: Page,
  { email, password }: { email: string; password: string } = ADMIN,
): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Tasks", level: 1 })).toBeVisible();
}

/** Uploads the files and waits until the product has said of each what became of it. */
export async function upload(page: Page, paths: string[], procedure?: string): Promise<void> {
  await page.goto("/upload");
  await chooseFiles(page, paths);
  if (procedure !== undefined) await pick(page, page.getByLabel("Procedure for all"), procedure);
  await page.getByRole("button", { name: /^Upload \d+ files?$/ }).click();
}

export async function chooseFiles(page: Page, paths: string[]): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose files" }).click();
  await (await chooser).setFiles(paths);
}

/** The row of an upload. */
export function uploadRow(page: Page, fileName: string): Locator {
  return page.getByRole("listitem").filter({ hasText: fileName });
}

/** Opens a searchable list and takes the option of this name. */
export async function pick(page: Page, list: Locator, option: string): Promise<void> {
  await list.click();
  await page.getByRole("option", { name: option }).first().click();
}

/** The row of the newest task on a media in the task list. */
export function taskRow(page: Page, mediaName: string): Locator {
  return page.locator("tr[data-row]").filter({ hasText: mediaName }).first();
}

export async function chooseFromMenu(row: Locator, item: string): Promise<void> {
  await row.getByRole("button", { name: "Actions" }).first().click();
  await row.page().getByRole("menuitem", { name: item }).click();
}
