"use client";
import { useQuery } from "@tanstack/react-query";
import { Lock } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { TEMPLATE_FAMILIES, TEMPLATE_KINDS, type TemplateFamily } from "#domain/template.ts";
import { LoadFailed } from "../../../_lib/load-failed.tsx";
import { useMay } from "../../../_lib/me.tsx";
import { routes } from "../../../_lib/routes.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { BackLink } from "../../../_ui/back-link.tsx";
import { EmptyState } from "../../../_ui/empty-state.tsx";
import { PageHeader } from "../../../_ui/page-header.tsx";
import { SkeletonRows } from "../../../_ui/skeleton-rows.tsx";
import { TemplateForm } from "./template-form.tsx";

/** From nothing, or from another template: `?kind=sprite`, `?from=transcode-100030`. */
export function NewTemplate() {
  const t = useTranslations("templates");
  const common = useTranslations("common");
  const mayEdit = useMay("operator");
  const search = useSearchParams();
  const from = templateKeyOf(search.get("from"));
  const kind = TEMPLATE_KINDS.find((each) => each === search.get("kind")) ?? "transcode";
  return (
    <>
      <PageHeader
        back={<BackLink href={routes.templates()}>{t("title")}</BackLink>}
        title={from === null ? t("new") : t("duplicate")}
        text={t("newText")}
      />
      {!mayEdit && <EmptyState icon={<Lock />} title={common("lockedForRole")} />}
      {mayEdit && (from === null ? <TemplateForm initialKind={kind} /> : <Duplicate {...from} />)}
    </>
  );
}

interface TemplateKey {
  family: TemplateFamily;
  definition: number;
}

function Duplicate(key: TemplateKey) {
  const template = useQuery(useTRPC().templates.get.queryOptions(key));
  if (template.isPending) return <SkeletonRows count={4} />;
  if (template.isError) return <LoadFailed error={template.error} onRetry={() => void template.refetch()} />;
  return <TemplateForm initialKind={template.data.kind} original={template.data} />;
}

/** `sampled-snapshot-10`: the number comes after the last hyphen. */
function templateKeyOf(text: string | null): TemplateKey | null {
  if (text === null) return null;
  const at = text.lastIndexOf("-");
  const family = TEMPLATE_FAMILIES.find((each) => each === text.slice(0, at));
  const definition = Number(text.slice(at + 1));
  return family === undefined || !Number.isSafeInteger(definition) ? null : { family, definition };
}
