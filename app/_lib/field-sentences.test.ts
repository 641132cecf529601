import { createTranslator } from "next-intl";
import { expect, test } from "vitest";
import type { FieldError } from "#domain/form.ts";
import english from "../_messages/en/validation.json" with { type: "json" };
import korean from "../_messages/ko/validation.json" with { type: "json" };
import chinese from "../_messages/zh-CN/validation.json" with { type: "json" };
import { fieldSentencesOf } from "./field-sentences.ts";
import type { Locale } from "./locale.ts";

const MESSAGES: Record<Locale, { validation: Record<string, string> }> = {
  en: { validation: english },
  "zh-CN": { validation: chinese },
  ko: { validation: korean },
};

function translator(locale: Locale) {
  return createTranslator({ locale, messages: MESSAGES[locale], namespace: "validation" });
}

test.each<{ locale: Locale; sentence: string }>([
  { locale: "en", sentence: "Must be at most 8,192." },
  { locale: "zh-CN", sentence: "不能大于 8,192。" },
  { locale: "ko", sentence: "8,192 이하여야 합니다." },
])("what the server found wrong is said in $locale, with its numbers", ({ locale, sentence }) => {
  const wrong: FieldError[] = [
    { path: "video.widthPx", message: "tooBig", values: { maximum: 8192 } },
    { path: "video.widthPx", message: "wrongType", values: { expected: "int" } },
  ];
  expect([...fieldSentencesOf(wrong, translator(locale))]).toEqual([["video.widthPx", sentence]]);
});

test("words that are no message of ours are never shown", () => {
  const zods: FieldError = { path: "name", message: "Too small: expected string to have >=1 characters", values: {} };
  expect([...fieldSentencesOf([zods], translator("en"))]).toEqual([["name", "This value is not allowed here."]]);
});
