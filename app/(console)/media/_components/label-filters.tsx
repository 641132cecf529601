"use client";
import { useQuery } from "@tanstack/react-query";
import { FolderTree } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useMay } from "../../../_lib/me.tsx";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { IconButton } from "../../../_ui/button.tsx";
import { MultiSelect } from "../../../_ui/multi-select.tsx";
import { Select } from "../../../_ui/select.tsx";
import { CategoriesDialog } from "./categories-dialog.tsx";
import { categoryLabel, useCategories } from "./use-categories.ts";

export interface Labels {
  tags: readonly string[];
  /** Null: of every category, and of none. */
  categoryId: number | null;
}

/** Stands for all among numbers, which begin at 1. */
const ANY = 0;

/** By what people say of media: there when something is said, or looked for. */
export function LabelFilters({ labels, onChange }: { labels: Labels; onChange: (labels: Labels) => void }) {
  const t = useTranslations("media");
  const mayEdit = useMay("operator");
  const categories = useCategories();
  const { data: used = [] } = useQuery(useTRPC().media.tags.queryOptions());
  const [managing, setManaging] = useState(false);
  // One that nobody uses any more can still stand in an address.
  const known = used.map(({ tag }) => tag);
  const unused = labels.tags.filter((tag) => !known.includes(tag));
  return (
    <>
      {known.length + unused.length > 0 && (
        <MultiSelect
          label={t("filters.tags")}
          values={labels.tags}
          onChange={(tags) => onChange({ ...labels, tags })}
          options={[...unused, ...known].map((tag) => ({ value: tag, label: tag }))}
        />
      )}
      {(categories.length > 0 || labels.categoryId !== null) && (
        <Select
          label={t("filters.category")}
          value={labels.categoryId ?? ANY}
          onChange={(id) => onChange({ ...labels, categoryId: id === ANY ? null : id })}
          options={[
            { value: ANY, label: t("filters.anyCategory") },
            ...categories.map(({ id, path }) => ({ value: id, label: categoryLabel(path) })),
          ]}
          className="w-48!"
        />
      )}
      {mayEdit && (
        <IconButton
          variant="secondary"
          label={t("categories.manage")}
          icon={<FolderTree />}
          onClick={() => setManaging(true)}
        />
      )}
      {managing && <CategoriesDialog onClose={() => setManaging(false)} />}
    </>
  );
}
