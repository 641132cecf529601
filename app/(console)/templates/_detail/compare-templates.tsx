"use client";
import { useQuery } from "@tanstack/react-query";
import { ArrowLeftRight, Columns2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { TemplateRow } from "#server/api/rows.ts";
import { SchemaFacts } from "../../../_forms/schema-facts.tsx";
import { LoadFailed } from "../../../_lib/load-failed.tsx";
import { routes } from "../../../_lib/routes.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useUrlParam } from "../../../_lib/url-param.ts";
import { useComment } from "../../../_lib/use-comment.ts";
import { BackLink } from "../../../_ui/back-link.tsx";
import { IconButton } from "../../../_ui/button.tsx";
import { Card } from "../../../_ui/card.tsx";
import { Combobox } from "../../../_ui/combobox.tsx";
import { EmptyState } from "../../../_ui/empty-state.tsx";
import { Field } from "../../../_ui/field.tsx";
import { PageHeader } from "../../../_ui/page-header.tsx";
import { SkeletonRows } from "../../../_ui/skeleton-rows.tsx";
import { ChangesTable } from "../_components/changes-table.tsx";
import { templateChanges } from "../template-changes.ts";
import { keyText } from "../template-key.ts";
import { templateSchemaOf } from "../template-schema.ts";
import { useTemplateSummary } from "../use-template-summary.ts";

/** Two templates of one kind, `?a=transcode-100030&b=transcode-1000001`: first what they say differently, then all of it. */
export function CompareTemplates() {
  const t = useTranslations("templates");
  const templates = useQuery(useTRPC().templates.list.queryOptions({}));
  const [a, setA] = useUrlParam("a");
  const [b, setB] = useUrlParam("b");
  if (templates.isPending) return <SkeletonRows count={4} />;
  if (templates.isError) return <LoadFailed error={templates.error} onRetry={() => void templates.refetch()} />;
  const all = templates.data;
  const one = all.find((each) => keyText(each) === a);
  const other = all.find((each) => keyText(each) === b && each.kind === one?.kind);
  // Templates of different kinds have no parameter in common.
  const comparable = all.filter((each) => each.kind === one?.kind && each !== one);
  return (
    <>
      <PageHeader
        back={<BackLink href={routes.templates()}>{t("title")}</BackLink>}
        title={t("compare.title")}
        text={t("compare.text")}
      />
      <div className="mb-4 flex flex-wrap items-end gap-3">
        <Picker label={t("compare.first")} value={one} onChange={setA} templates={all} />
        <IconButton
          label={t("compare.swap")}
          icon={<ArrowLeftRight />}
          disabled={one === undefined || other === undefined}
          onClick={() => {
            setA(b);
            setB(a);
          }}
        />
        <Picker label={t("compare.second")} value={other} onChange={setB} templates={comparable} />
      </div>
      {one === undefined || other === undefined ? (
        <EmptyState icon={<Columns2 />} title={t("compare.choose")} />
      ) : (
        <Compared one={one} other={other} />
      )}
    </>
  );
}

interface PickerProps {
  label: string;
  value: TemplateRow | undefined;
  onChange: (key: string) => void;
  templates: readonly TemplateRow[];
}

function Picker({ label, value, onChange, templates }: PickerProps) {
  const kinds = useTranslations("kinds");
  return (
    <Field label={label} className="w-full max-w-sm flex-1">
      <Combobox
        value={value === undefined ? null : keyText(value)}
        onChange={onChange}
        options={templates.map((one) => ({
          value: keyText(one),
          label: one.name,
          hint: `${one.definition} · ${kinds(one.kind)}`,
        }))}
      />
    </Field>
  );
}

function Compared({ one, other }: { one: TemplateRow; other: TemplateRow }) {
  const t = useTranslations("templates.compare");
  const commentOf = useComment();
  const contentOf = (template: TemplateRow) => ({ ...template, comment: commentOf(template) });
  const changes = templateChanges(one.kind, contentOf(one), contentOf(other));
  return (
    <div className="flex flex-col gap-4">
      <Card title={t("differences")}>
        <ChangesTable
          // The names stand above.
          changes={{ ...changes, words: changes.words.filter(({ field }) => field !== "name") }}
          before={one.name}
          after={other.name}
        />
      </Card>
      <div className="grid items-start gap-4 md:grid-cols-2">
        {[one, other].map((template) => (
          <Whole key={keyText(template)} template={template} />
        ))}
      </div>
    </div>
  );
}

function Whole({ template }: { template: TemplateRow }) {
  const summaryOf = useTemplateSummary();
  const { name, family, definition, kind, params } = template;
  return (
    <Card
      title={
        <Link href={routes.template(family, definition)} className="text-accent-text hover:underline">
          {name}
        </Link>
      }
      text={summaryOf(template)}
    >
      <SchemaFacts schema={templateSchemaOf(kind)} value={params} />
    </Card>
  );
}
