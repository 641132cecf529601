"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { TemplateRow } from "#server/api/rows.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { Card } from "../../../_ui/card.tsx";
import { CopyId } from "../../../_ui/copy-id.tsx";
import { type Fact, FactList } from "../../../_ui/fact-list.tsx";
import { RelativeTime } from "../../../_ui/relative-time.tsx";
import { ProcedureLinks } from "../_components/procedure-links.tsx";
import { useTemplateUses } from "../_components/use-template-uses.ts";

/** What it is known by, and who uses it: what changing or deleting it would touch. */
export function TemplateSide({ template }: { template: TemplateRow }) {
  const t = useTranslations("templates");
  const common = useTranslations("common");
  const { definition, preset, version, createdAt, updatedAt } = template;
  const facts: Fact[] = [{ label: t("definition"), value: <CopyId id={String(definition)} length="full" /> }];
  if (version !== null) facts.push({ label: t("versions.version"), value: version });
  if (createdAt !== null) facts.push({ label: common("created"), value: <RelativeTime date={createdAt} /> });
  if (updatedAt !== null) facts.push({ label: common("updated"), value: <RelativeTime date={updatedAt} /> });
  const users = useTemplateUses()(template);
  return (
    <div className="flex flex-col gap-4">
      <Card title={common("details")}>
        <FactList facts={facts} />
      </Card>
      <Card title={t("usedBy")}>
        {users === undefined || users.length === 0 ? (
          <p className="text-ui text-muted">{users === undefined ? "…" : t("usedByNone")}</p>
        ) : (
          <ProcedureLinks names={users} />
        )}
        {!preset && <TaskCount template={template} />}
      </Card>
    </div>
  );
}

function TaskCount({ template: { kind, family, definition } }: { template: TemplateRow }) {
  const t = useTranslations("templates");
  const tasks = useQuery(useTRPC().templates.countTasks.queryOptions({ family, definition }));
  // Subtasks remember the template they were made with, and not what that laid on or put around.
  if (kind === "watermark" || kind === "head-tail" || tasks.data === undefined) return null;
  const { count, capped } = tasks.data;
  return (
    <p className="mt-3 border-t border-line pt-3 text-ui text-muted">
      {capped ? t("tasksAtLeast", { count }) : t("tasksOf", { count })}
    </p>
  );
}
