"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { TaskDetail } from "#server/api/rows.ts";
import { NONE } from "../../../../_lib/format.ts";
import { routes } from "../../../../_lib/routes.ts";
import { CopyId } from "../../../../_ui/copy-id.tsx";
import { FactList } from "../../../../_ui/fact-list.tsx";
import { RelativeTime } from "../../../../_ui/relative-time.tsx";
import { useEstimateFacts } from "../../../_plan/estimate-facts.tsx";

export function TaskFacts({ task }: { task: TaskDetail }) {
  const t = useTranslations("tasks");
  const states = useTranslations("states");
  const estimates = useEstimateFacts(task.subtaskRows);
  return (
    <FactList
      facts={[
        { label: t("columns.procedure"), value: <Procedure task={task} /> },
        { label: t("facts.pipeline"), value: task.pipelineName },
        { label: t("columns.priority"), value: task.priority },
        { label: t("columns.startedBy"), value: startedBy(states(`startedBy.${task.startedBy}`), task.createdByName) },
        { label: t("columns.created"), value: <RelativeTime date={task.createdAt} /> },
        { label: t("subtaskColumns.started"), value: <RelativeTime date={task.startedAt} /> },
        { label: t("columns.ended"), value: <RelativeTime date={task.endedAt} /> },
        ...estimates,
        { label: t("facts.mediaId"), value: <CopyId id={task.media.id} length="full" /> },
        { label: t("facts.outputDir"), value: task.outputDir ?? NONE },
        { label: t("facts.notify"), value: states(`notifyMode.${task.notifyMode}`) },
        {
          label: t("facts.sessionId"),
          value: task.sessionId === null ? NONE : <CopyId id={task.sessionId} length="full" />,
        },
        { label: t("facts.sessionContext"), value: task.sessionContext || NONE },
      ]}
    />
  );
}

function Procedure({ task }: { task: TaskDetail }): ReactNode {
  const t = useTranslations("tasks");
  if (task.procedureText !== null) return <ProcedureText text={task.procedureText} name={task.procedureName} />;
  if (task.procedureName === null) return t("ownOperations");
  const version = task.procedureVersion === null ? "" : ` ${t("version", { version: task.procedureVersion })}`;
  return (
    <>
      <Link
        href={routes.procedure(task.procedureName, { version: task.procedureVersion ?? undefined })}
        className="hover:underline hover:underline-offset-2"
      >
        {task.procedureName}
      </Link>
      <span className="text-faint">{version}</span>
    </>
  );
}

const SHORT = 80;

/** What was asked for, where it was more than a name. */
function ProcedureText({ text, name }: { text: string; name: string | null }) {
  const t = useTranslations("tasks");
  if (text.length <= SHORT && !text.includes("\n")) return <code className="font-mono text-xs break-all">{text}</code>;
  return (
    <details>
      <summary className="cursor-pointer">{name ?? t("writtenOut")}</summary>
      <pre className="mt-1 max-h-60 overflow-auto rounded-md bg-sunken/60 p-2 font-mono text-xs">{text}</pre>
    </details>
  );
}

function startedBy(way: string, who: string | null): string {
  return who === null ? way : `${way} · ${who}`;
}
