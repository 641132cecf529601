"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ParamChange } from "../../../_forms/diff-params.ts";
import { ParamChanges } from "../../../_forms/param-changes.tsx";
import { NONE } from "../../../_lib/format.ts";
import type { TemplateChanges } from "../template-changes.ts";

interface ChangesTableProps {
  changes: TemplateChanges;
  before: ReactNode;
  after: ReactNode;
  noteOf?: (change: ParamChange) => ReactNode;
}

export function ChangesTable({ changes: { params, words }, before, after, noteOf }: ChangesTableProps) {
  const t = useTranslations("templates.changes");
  const common = useTranslations("common");
  if (params.length + words.length === 0) return <p className="text-ui text-muted">{t("none")}</p>;
  return (
    <ParamChanges
      caption={t("caption")}
      before={before}
      after={after}
      changes={params}
      others={words.map(({ field, before, after }) => ({
        label: common(field),
        before: before || NONE,
        after: after || NONE,
      }))}
      noteOf={noteOf}
    />
  );
}
