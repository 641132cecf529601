"use client";
import { FileX2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { StoredError } from "#server/api/rows.ts";
import { useFailureSentence } from "../../../_lib/use-failure-message.ts";
import { EmptyState } from "../../../_ui/empty-state.tsx";

/** In the player's place: why there is nothing to play. */
export function UnreadableMedia({ error }: { error: StoredError }) {
  const t = useTranslations("media.unreadable");
  const sentenceOf = useFailureSentence();
  return (
    <div className="rounded-lg border border-line bg-sunken">
      <EmptyState icon={<FileX2 />} title={t("title")} text={`${sentenceOf(error.code)} ${t("text")}`} />
    </div>
  );
}
