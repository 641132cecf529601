"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Lock } from "lucide-react";
import { useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { TEMPLATE_KINDS } from "#domain/template.ts";
import { LoadFailed } from "../../../_lib/load-failed.tsx";
import { useMay } from "../../../_lib/me.tsx";
import { routes } from "../../../_lib/routes.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useComment } from "../../../_lib/use-comment.ts";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { useKeptDraft } from "../../../_lib/use-kept-draft.ts";
import { BackLink } from "../../../_ui/back-link.tsx";
import { ButtonLink } from "../../../_ui/button.tsx";
import { EmptyState } from "../../../_ui/empty-state.tsx";
import { notify } from "../../../_ui/notify.tsx";
import { PageHeader } from "../../../_ui/page-header.tsx";
import { SkeletonRows } from "../../../_ui/skeleton-rows.tsx";
import { copyName } from "../copy-name.ts";
import { readTemplateDraft, type TemplateDraft } from "../template-draft.ts";
import { keyText, readKey, type TemplateKey } from "../template-key.ts";
import { newParamsOf } from "../template-schema.ts";
import { SubmitButton, TemplateForm } from "./template-form.tsx";

/** From nothing, or from another template: `?kind=sprite`, `?from=transcode-100030`. */
export function NewTemplate() {
  const t = useTranslations("templates");
  const common = useTranslations("common");
  const mayEdit = useMay("operator");
  const search = useSearchParams();
  const from = readKey(search.get("from"));
  const kind = TEMPLATE_KINDS.find((each) => each === search.get("kind")) ?? "transcode";
  const initial: TemplateDraft = { kind, name: "", comment: "", params: newParamsOf(kind), json: null, base: null };
  return (
    <>
      <PageHeader
        back={<BackLink href={routes.templates()}>{t("title")}</BackLink>}
        title={from === null ? t("new") : t("duplicate")}
        text={t("newText")}
      />
      {!mayEdit && <EmptyState icon={<Lock />} title={common("lockedForRole")} />}
      {mayEdit && from === null && <Create draftName="template:new" initial={initial} kindIs="free" />}
      {mayEdit && from !== null && <Duplicate from={from} />}
    </>
  );
}

function Duplicate({ from }: { from: TemplateKey }) {
  const t = useTranslations("templates");
  const trpc = useTRPC();
  const commentOf = useComment();
  const template = useQuery(trpc.templates.get.queryOptions(from));
  const all = useQuery(trpc.templates.list.queryOptions({}));
  if (template.isPending || all.isPending) return <SkeletonRows count={4} />;
  if (template.isError) return <LoadFailed error={template.error} onRetry={() => void template.refetch()} />;
  if (all.isError) return <LoadFailed error={all.error} onRetry={() => void all.refetch()} />;
  const { kind, name, params } = template.data;
  const taken = all.data.map((one) => one.name);
  const initial: TemplateDraft = {
    kind,
    name: copyName(name, taken, (name) => t("copyName", { name })),
    comment: template.data.preset ? "" : commentOf(template.data),
    params,
    ...{ json: null, base: null },
  };
  return <Create draftName={`template:copy:${keyText(from)}`} initial={initial} kindIs="fixed" />;
}

interface CreateProps {
  draftName: string;
  initial: TemplateDraft;
  kindIs: "free" | "fixed";
}

function Create({ draftName, initial, kindIs }: CreateProps) {
  const t = useTranslations("templates");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const messageOf = useFailureMessage();
  const kept = useKeptDraft(draftName, initial, readTemplateDraft);
  const create = useMutation(
    trpc.templates.create.mutationOptions({
      onSuccess: async ({ family, definition }) => {
        kept.forget();
        notify.success(t("created"));
        router.push(routes.template(family, definition));
        await queryClient.invalidateQueries(trpc.templates.list.pathFilter());
      },
    }),
  );
  return (
    <TemplateForm
      kept={kept}
      kindIs={kindIs}
      onSubmit={(input) => create.mutate(input)}
      onDiscard={() => {
        kept.setDraft(initial);
        kept.forget();
      }}
      error={create.isError ? messageOf(create.error).text : null}
      actions={
        <>
          <ButtonLink href={routes.templates()} onClick={kept.forget}>
            {common("cancel")}
          </ButtonLink>
          <SubmitButton label={t("create")} busy={create.isPending} />
        </>
      }
    />
  );
}
