"use client";
import { useTranslations } from "next-intl";

/** The comment of a template or procedure: a user's own words, or for a preset the key of ours. */
export function useComment(): (stored: { preset: boolean; comment: string }) => string {
  const t = useTranslations("presets");
  return ({ preset, comment }) => (preset && t.has(comment) ? t(comment) : comment);
}
