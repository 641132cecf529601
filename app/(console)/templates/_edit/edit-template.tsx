"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Lock } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { TemplateRow, TemplateVersionRow } from "#server/api/rows.ts";
import { isDraft } from "../../../_forms/draft.ts";
import { mergeDrafts } from "../../../_forms/merge-drafts.ts";
import { failureOf } from "../../../_lib/failure.ts";
import { LoadFailed } from "../../../_lib/load-failed.tsx";
import { useMay } from "../../../_lib/me.tsx";
import { routes } from "../../../_lib/routes.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { useKeptDraft } from "../../../_lib/use-kept-draft.ts";
import { BackLink } from "../../../_ui/back-link.tsx";
import { ButtonLink } from "../../../_ui/button.tsx";
import { EmptyState } from "../../../_ui/empty-state.tsx";
import { notify } from "../../../_ui/notify.tsx";
import { PageHeader } from "../../../_ui/page-header.tsx";
import { SkeletonRows } from "../../../_ui/skeleton-rows.tsx";
import { jsonOf, readTemplateDraft, type TemplateBase, type TemplateDraft } from "../template-draft.ts";
import { keyText, type TemplateKey } from "../template-key.ts";
import { ConflictDialog } from "./conflict-dialog.tsx";
import { SubmitButton, TemplateForm, type TemplateInput } from "./template-form.tsx";

export function EditTemplate({ of }: { of: TemplateKey }) {
  const t = useTranslations("templates");
  const common = useTranslations("common");
  const mayEdit = useMay("operator");
  // What is being edited must not change under the editor; a save from elsewhere meanwhile is refused by its version.
  const template = useQuery(
    useTRPC().templates.get.queryOptions(of, { staleTime: Number.POSITIVE_INFINITY, refetchOnMount: "always" }),
  );
  const href = routes.template(of.family, of.definition);
  if (template.isPending || (template.isFetching && !template.isFetchedAfterMount)) return <SkeletonRows count={4} />;
  if (template.isError) return <LoadFailed error={template.error} onRetry={() => void template.refetch()} />;
  const { name, version } = template.data;
  const locked = mayEdit ? t("presetFixed") : common("lockedForRole");
  return (
    <>
      <PageHeader
        back={<BackLink href={href}>{name}</BackLink>}
        title={t("edit.title", { name })}
        text={version === null ? undefined : t("edit.text", { version: version + 1 })}
      />
      {mayEdit && version !== null ? (
        <Edit template={template.data} version={version} />
      ) : (
        <EmptyState icon={<Lock />} title={locked} />
      )}
    </>
  );
}

function baseOf({ name, comment, params }: Omit<TemplateBase, "version">, version: number): TemplateBase {
  return { version, name, comment, params };
}

function draftOf(kind: TemplateRow["kind"], base: TemplateBase): TemplateDraft {
  const { name, comment, params } = base;
  return { kind, name, comment, params, json: null, base };
}

function Edit({ template, version }: { template: TemplateRow; version: number }) {
  const t = useTranslations("templates");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const messageOf = useFailureMessage();
  const { kind, family, definition } = template;
  const key = { family, definition };
  const initial = draftOf(kind, baseOf({ ...template, params: { ...template.params } }, version));
  const kept = useKeptDraft(`template:${keyText(key)}`, initial, readTemplateDraft);
  const { draft } = kept;
  const base = draft.base ?? baseOf(initial, version);
  const [submitted, setSubmitted] = useState<TemplateInput | null>(null);
  const [theirs, setTheirs] = useState<TemplateVersionRow | null>(null);
  const update = useMutation(
    trpc.templates.update.mutationOptions({
      onSuccess: async (saved) => {
        kept.forget();
        setTheirs(null);
        notify.success(saved.version === base.version ? t("edit.nothingChanged") : t("edit.saved", saved));
        router.push(routes.template(family, definition));
        await queryClient.invalidateQueries(trpc.templates.pathFilter());
      },
      onError: async (error) => {
        setTheirs(null);
        if (failureOf(error)?.code !== "STATE_MOVED") return;
        const [latest] = await queryClient.fetchQuery(trpc.templates.versions.queryOptions(key, { staleTime: 0 }));
        setTheirs(latest ?? null);
      },
    }),
  );
  const moved = failureOf(update.error)?.code === "STATE_MOVED";
  const failed = update.isError && !moved ? messageOf(update.error) : null;

  function save(input: TemplateInput, version: number): void {
    setSubmitted(input);
    update.mutate({ ...key, ...input, version });
  }
  /** Goes on from what they saved: the next save is a change of that. */
  function goOn(theirs: TemplateVersionRow, content: Omit<TemplateBase, "version">): void {
    const next = { ...draftOf(kind, baseOf(theirs, theirs.version)), ...content };
    kept.setDraft({ ...next, json: draft.json === null ? null : jsonOf(content.params) });
    update.reset();
    setTheirs(null);
  }
  return (
    <>
      <TemplateForm
        kept={kept}
        kindIs="fixed"
        onSubmit={(input) => save(input, base.version)}
        onDiscard={() => {
          kept.setDraft(initial);
          kept.forget();
        }}
        error={failed === null ? null : [failed.text, failed.detail].filter(Boolean).join(" ")}
        actions={
          <>
            <ButtonLink href={routes.template(family, definition)} onClick={kept.forget}>
              {common("cancel")}
            </ButtonLink>
            <SubmitButton label={common("save")} busy={update.isPending} />
          </>
        }
      />
      {submitted !== null && theirs !== null && (
        <ConflictDialog
          kind={kind}
          base={base}
          mine={{ ...submitted, params: { ...submitted.template.params } }}
          theirs={theirs}
          busy={update.isPending}
          onClose={() => setTheirs(null)}
          onMerge={() => {
            const mine = { name: draft.name, comment: draft.comment, params: draft.params };
            const merged = mergeDrafts({ name: base.name, comment: base.comment, params: base.params }, mine, {
              name: theirs.name,
              comment: theirs.comment,
              params: theirs.params,
            });
            if (isDraft(merged) && isDraft(merged.params)) {
              goOn(theirs, { name: String(merged.name), comment: String(merged.comment), params: merged.params });
            }
          }}
          onOverwrite={() => save(submitted, theirs.version)}
          onTakeTheirs={() => goOn(theirs, theirs)}
        />
      )}
    </>
  );
}
