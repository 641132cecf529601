"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { makesMedia, type Operation, operation } from "#domain/operations/operation.ts";
import type { SubtaskDetail } from "#server/api/rows.ts";
import { SchemaFacts } from "../../../_forms/schema-facts.tsx";
import { FactList } from "../../../_ui/fact-list.tsx";
import { RelativeTime } from "../../../_ui/relative-time.tsx";
import { useEstimateFacts } from "../../_plan/estimate-facts.tsx";
import { ComposeFacts } from "./compose-facts.tsx";
import { EditFacts } from "./edit-facts.tsx";
import { FailureNote } from "./failure-note.tsx";
import { MadeMediaSection } from "./made-media.tsx";
import { useMediaFacts } from "./media-facts.ts";
import { TaskProgress } from "./task-progress.tsx";
import { TemplateName } from "./template-name.tsx";

export function SubtaskOverview({ subtask }: { subtask: SubtaskDetail }) {
  const t = useTranslations("tasks");
  const edit = useTranslations("edit");
  const kinds = useTranslations("kinds");
  const mediaFacts = useMediaFacts(subtask.media.info);
  const estimates = useEstimateFacts([subtask]);
  return (
    <div className="flex flex-col gap-6">
      {subtask.error !== null && <FailureNote error={subtask.error} />}
      <FactList
        facts={[
          { label: t("subtaskColumns.kind"), value: kinds(subtask.kind) },
          ...(makesMedia(subtask.kind)
            ? []
            : [
                {
                  label: t("subtaskColumns.template"),
                  value: <TemplateName template={subtask.template} kind={subtask.kind} />,
                },
              ]),
          {
            label: t("subtaskColumns.progress"),
            value: <TaskProgress {...subtask} percent={subtask.progressPercent} />,
          },
          { label: t("subtaskColumns.started"), value: <RelativeTime date={subtask.startedAt} /> },
          { label: t("subtaskColumns.ended"), value: <RelativeTime date={subtask.endedAt} /> },
          ...estimates,
        ]}
      />
      {makesMedia(subtask.kind) && subtask.state === "succeeded" && (
        <Section title={edit("made")}>
          <MadeMediaSection subtask={subtask} />
        </Section>
      )}
      <Section title={t("parameters")}>
        {subtask.operation === null ? (
          <p className="text-ui text-muted">{t("noParameters")}</p>
        ) : (
          <Parameters operation={subtask.operation} subtask={subtask} />
        )}
      </Section>
      <Section title={t("input")}>
        <FactList facts={mediaFacts} />
      </Section>
    </div>
  );
}

/** The frozen parameters, in the words and units of the form they were entered in. */
function Parameters({ operation: { kind, params }, subtask }: { operation: Operation; subtask: SubtaskDetail }) {
  if (kind === "edit") return <EditFacts params={params} subtask={subtask} />;
  if (kind === "compose") return <ComposeFacts params={params} subtask={subtask} />;
  const schema = operation.options.find((option) => option.shape.kind.value === kind)?.shape.params;
  return schema === undefined ? null : <SchemaFacts schema={schema} value={params} />;
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-2 text-ui font-semibold">{title}</h3>
      {children}
    </section>
  );
}
