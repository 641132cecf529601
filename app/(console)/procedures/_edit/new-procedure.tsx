"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Lock } from "lucide-react";
import { useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { LoadFailed } from "../../../_lib/load-failed.tsx";
import { useMay } from "../../../_lib/me.tsx";
import { routes } from "../../../_lib/routes.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { useKeptDraft } from "../../../_lib/use-kept-draft.ts";
import { BackLink } from "../../../_ui/back-link.tsx";
import { Button, ButtonLink } from "../../../_ui/button.tsx";
import { EmptyState } from "../../../_ui/empty-state.tsx";
import { notify } from "../../../_ui/notify.tsx";
import { PageHeader } from "../../../_ui/page-header.tsx";
import { SkeletonRows } from "../../../_ui/skeleton-rows.tsx";
import { draftOf, EMPTY_DRAFT, type ProcedureDraft, readProcedureDraft } from "../procedure-draft.ts";
import { FIRST_SCRIPT } from "./lua-script.tsx";
import { ProcedureForm } from "./procedure-form.tsx";

/** From nothing, from another procedure (`?from=Starter`), or as a script (`?as=script`). */
export function NewProcedure() {
  const t = useTranslations("procedures");
  const common = useTranslations("common");
  const mayEdit = useMay("operator");
  const from = useSearchParams().get("from");
  const asScript = useSearchParams().get("as") === "script";
  const empty = asScript ? { ...EMPTY_DRAFT, lua: FIRST_SCRIPT } : EMPTY_DRAFT;
  return (
    <>
      <PageHeader
        back={<BackLink href={routes.procedures()}>{t("title")}</BackLink>}
        title={from === null ? t(asScript ? "newScript" : "new") : t("duplicateOf", { name: from })}
        text={t("newText")}
      />
      {!mayEdit && <EmptyState icon={<Lock />} title={common("lockedForRole")} />}
      {mayEdit &&
        (from === null ? <Create initial={empty} keptAs={asScript ? "script" : "new"} /> : <CreateFrom name={from} />)}
    </>
  );
}

function CreateFrom({ name }: { name: string }) {
  const procedure = useQuery(useTRPC().procedures.get.queryOptions({ name }));
  if (procedure.isPending) return <SkeletonRows count={4} />;
  if (procedure.isError) return <LoadFailed error={procedure.error} onRetry={() => void procedure.refetch()} />;
  const { preset, comment } = procedure.data;
  // The comments of presets are written in every language; a copy's is its author's.
  const copy = { ...draftOf(procedure.data), name: "", comment: preset ? "" : comment, version: null };
  return <Create initial={copy} keptAs={`from ${name}`} />;
}

function Create({ initial, keptAs }: { initial: ProcedureDraft; keptAs: string }) {
  const t = useTranslations("procedures");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const messageOf = useFailureMessage();
  const kept = useKeptDraft(`procedure:${keptAs}`, initial, readProcedureDraft);
  const create = useMutation(
    trpc.procedures.create.mutationOptions({
      onSuccess: async (_, { name }) => {
        kept.forget();
        notify.success(t("created"));
        router.push(routes.procedure(name));
        await queryClient.invalidateQueries(trpc.procedures.list.pathFilter());
      },
    }),
  );
  const failed = create.isError ? messageOf(create.error) : null;
  return (
    <ProcedureForm
      kept={kept}
      nameIs="new"
      onSubmit={(input) => create.mutate(input)}
      onDiscard={() => {
        kept.setDraft(initial);
        kept.forget();
      }}
      error={failed === null ? null : [failed.text, failed.detail].filter(Boolean).join(" ")}
      actions={
        <>
          <ButtonLink href={routes.procedures()} onClick={kept.forget}>
            {common("cancel")}
          </ButtonLink>
          <Button type="submit" variant="primary" busy={create.isPending}>
            {t("create")}
          </Button>
        </>
      }
    />
  );
}
