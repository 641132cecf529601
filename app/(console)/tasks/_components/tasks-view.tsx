"use client";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useMay } from "../../../_lib/me.tsx";
import { Button } from "../../../_ui/button.tsx";
import { PageHeader } from "../../../_ui/page-header.tsx";
import { CreateTaskDialog } from "../_create/create-task-dialog.tsx";
import type { PickedMedia } from "../_create/media-picker.tsx";
import { FilterBar } from "../_filters/filter-bar.tsx";
import { useTaskFilters } from "../_filters/use-task-filters.ts";
import { FirstSteps } from "./first-steps.tsx";
import { SubtaskDrawer } from "./subtask-drawer.tsx";
import { TaskList } from "./task-list.tsx";

export function TasksView() {
  const t = useTranslations("tasks");
  const mayOperate = useMay("operator");
  const [filters, setFilters] = useTaskFilters();
  /** The media to start the dialog with; null while it is closed. */
  const [creating, setCreating] = useState<readonly PickedMedia[] | null>(null);
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={
          mayOperate && (
            <Button variant="primary" icon={<Plus />} onClick={() => setCreating([])}>
              {t("create.open")}
            </Button>
          )
        }
      />
      <FilterBar filters={filters} onChange={setFilters} />
      <TaskList filters={filters} onFilters={setFilters} empty={<FirstSteps onCreate={setCreating} />} />
      <SubtaskDrawer />
      {creating !== null && <CreateTaskDialog media={creating} onClose={() => setCreating(null)} />}
    </>
  );
}
