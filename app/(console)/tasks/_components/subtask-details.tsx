"use client";
import { RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { makesMedia } from "#domain/operations/operation.ts";
import type { SubtaskDetail } from "#server/api/rows.ts";
import { useMay } from "../../../_lib/me.tsx";
import { Button } from "../../../_ui/button.tsx";
import { Tabs } from "../../../_ui/tabs.tsx";
import { OutputList } from "./output-list.tsx";
import { canRestart, RestartSubtask } from "./restart-subtask.tsx";
import { RunHistory } from "./run-history.tsx";
import { RunLog } from "./run-log.tsx";
import type { SubtaskView } from "./subtask-address.ts";
import { SubtaskOverview } from "./subtask-overview.tsx";

interface SubtaskDetailsProps {
  subtask: SubtaskDetail;
  view: SubtaskView;
  onView: (view: SubtaskView) => void;
}

export function SubtaskDetails({ subtask, view, onView }: SubtaskDetailsProps) {
  const t = useTranslations("tasks.views");
  return (
    <Tabs
      label={t("label")}
      value={view}
      onChange={onView}
      tabs={[
        {
          value: "overview",
          label: t("overview"),
          content: (
            <>
              <SubtaskOverview subtask={subtask} />
              <Restart subtask={subtask} />
            </>
          ),
        },
        // What makes a media tells of it at once, and has nothing else.
        ...(makesMedia(subtask.kind)
          ? []
          : [
              {
                value: "outputs" as const,
                label: t("outputs"),
                count: subtask.outputs.length,
                content: <OutputList outputs={subtask.outputs} mediaId={subtask.media.id} zipUrl={subtask.zipUrl} />,
              },
            ]),
        { value: "runs", label: t("runs"), count: subtask.runs.length, content: <RunHistory runs={subtask.runs} /> },
        { value: "log", label: t("log"), content: <RunLog runs={subtask.runs} /> },
      ]}
    />
  );
}

function Restart({ subtask }: { subtask: SubtaskDetail }) {
  const t = useTranslations("tasks");
  const mayOperate = useMay("operator");
  const [confirming, setConfirming] = useState(false);
  if (!mayOperate || !canRestart(subtask)) return null;
  return (
    <div className="mt-6 border-t border-line pt-4">
      <Button icon={<RotateCcw />} onClick={() => setConfirming(true)}>
        {t("actions.restart")}
      </Button>
      {confirming && (
        <RestartSubtask task={{ id: subtask.taskId }} subtask={subtask} onClose={() => setConfirming(false)} />
      )}
    </div>
  );
}
