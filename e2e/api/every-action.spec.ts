import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { ACTIONS } from "../../server/vod/actions.ts";
import { callsFile } from "../support/api-calls.ts";

test("no action of the API is left that the vendor's clients were not seen to use", async () => {
  const asked = new Set((await readFile(callsFile(), "utf8")).split("\n"));
  const missing = ACTIONS.map(({ product, name }) => `${product} ${name}`).filter((one) => !asked.has(one));
  expect(missing).toEqual([]);
});
