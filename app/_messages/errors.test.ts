import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ERROR_CODES } from "#domain/error.ts";
import { LOCALES } from "../_lib/locale.ts";

test.each(LOCALES)("every failure has a sentence in %s, and every sentence a failure", (locale) => {
  const sentences = JSON.parse(readFileSync(new URL(`${locale}/errors.json`, import.meta.url), "utf8"));
  expect(Object.keys(sentences).sort()).toEqual([...ERROR_CODES].sort());
});
