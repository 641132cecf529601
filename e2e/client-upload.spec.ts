import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@playwright/test";
import { API_KEY } from "./support/api.ts";
import { makeClip } from "./support/clips.ts";
import { pick, taskRow, uploadRow } from "./support/console.ts";

test("a signed client upload at work: good for one file, its procedure runs, and a second use is refused", async ({
  page,
}) => {
  await page.goto("/upload");
  await page.getByRole("link", { name: "Client upload" }).click();
  await pick(page, page.getByLabel("API key"), API_KEY.secretId);
  await pick(page, page.getByLabel("Procedure"), "PreviewImages");
  await page.getByRole("button", { name: "Make a signature" }).click();
  await expect(page.locator("[data-signature]")).not.toBeEmpty();
  const clip = await makeClip("from-a-client.mp4", { seconds: 2 });
  await page.getByLabel("File", { exact: true }).setInputFiles(clip);
  await page.getByRole("button", { name: "Upload", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "The file is in" })).toBeVisible({ timeout: 60_000 });

  await page.getByLabel("File", { exact: true }).setInputFiles(clip);
  await page.getByRole("button", { name: "Upload", exact: true }).click();
  await expect(page.getByText("has been used")).toBeVisible();
  await page.goto("/tasks?search=from-a-client");
  await expect(taskRow(page, "from-a-client")).toContainText("PreviewImages");
  await expect(taskRow(page, "from-a-client")).toContainText("3/3", { timeout: 120_000 });
});

test("addresses are pasted: what is there is fetched and processed, what may not be reached is said and kept", async ({
  page,
}) => {
  const clip = await makeClip("fetched.mp4", { seconds: 2 });
  const source = createServer(async (_, response) => {
    response.writeHead(200, { "content-type": "video/mp4" }).end(await readFile(clip));
  });
  await new Promise<void>((resolve) => source.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(source.address() as AddressInfo).port}/fetched.mp4`;
  await page.goto("/upload");
  await page.getByRole("button", { name: "Paste addresses" }).click();
  await page.getByLabel("Addresses", { exact: true }).fill(`${address}\nhttp://10.0.0.1/secret.mp4\nftp://nowhere/x`);
  await pick(page, page.getByLabel("Procedure", { exact: true }), "AudioOnly");
  await page.getByRole("button", { name: "Fetch 3 files" }).click();
  await expect(page.getByText("1 file is being fetched")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "10.0.0.1" })).toBeVisible();
  await expect(page.getByLabel("Addresses", { exact: true })).toHaveValue(
    "http://10.0.0.1/secret.mp4\nftp://nowhere/x",
  );
  await expect(uploadRow(page, "fetched.mp4")).toContainText("its task created", { timeout: 60_000 });
  source.close();
});
