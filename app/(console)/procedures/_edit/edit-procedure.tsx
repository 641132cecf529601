"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Lock } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ProcedureRow, ProcedureVersionRow } from "#server/api/rows.ts";
import { failureOf } from "../../../_lib/failure.ts";
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
import { draftOf, readProcedureDraft } from "../procedure-draft.ts";
import { ConflictDialog } from "./conflict-dialog.tsx";
import { ProcedureForm, type ProcedureInput } from "./procedure-form.tsx";

export function EditProcedure({ name }: { name: string }) {
  const t = useTranslations("procedures");
  const common = useTranslations("common");
  const mayEdit = useMay("operator");
  return (
    <>
      <PageHeader
        back={<BackLink href={routes.procedure(name)}>{name}</BackLink>}
        title={t("edit", { name })}
        text={t("editText")}
      />
      {mayEdit ? <Loaded name={name} /> : <EmptyState icon={<Lock />} title={common("lockedForRole")} />}
    </>
  );
}

function Loaded({ name }: { name: string }) {
  const t = useTranslations("procedures");
  // What is being edited must not change under the editor; a save from elsewhere meanwhile is refused by its version.
  const procedure = useQuery(
    useTRPC().procedures.get.queryOptions({ name }, { staleTime: Number.POSITIVE_INFINITY, refetchOnMount: "always" }),
  );
  if (procedure.isPending || (procedure.isFetching && !procedure.isFetchedAfterMount))
    return <SkeletonRows count={4} />;
  if (procedure.isError) return <LoadFailed error={procedure.error} onRetry={() => void procedure.refetch()} />;
  const { version } = procedure.data;
  if (version === null) return <EmptyState icon={<Lock />} title={t("presetFixed")} />;
  return <Edit procedure={procedure.data} version={version} />;
}

function Edit({ procedure, version }: { procedure: ProcedureRow; version: number }) {
  const t = useTranslations("procedures");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const messageOf = useFailureMessage();
  const { name } = procedure;
  const initial = draftOf(procedure);
  const kept = useKeptDraft(`procedure:edit ${name}`, initial, readProcedureDraft);
  const began = kept.draft.version ?? version;
  const [mine, setMine] = useState<ProcedureInput | null>(null);
  const [theirs, setTheirs] = useState<ProcedureVersionRow | null>(null);
  const update = useMutation(
    trpc.procedures.update.mutationOptions({
      onSuccess: async (saved) => {
        kept.forget();
        setTheirs(null);
        notify.success(t("savedAs", saved));
        router.push(routes.procedure(name));
        await queryClient.invalidateQueries(trpc.procedures.pathFilter());
      },
      onError: async (error) => {
        setTheirs(null);
        if (failureOf(error)?.code !== "STATE_MOVED") return;
        const latest = trpc.procedures.versions.queryOptions({ name }, { staleTime: 0 });
        setTheirs((await queryClient.fetchQuery(latest))[0] ?? null);
      },
    }),
  );
  const moved = failureOf(update.error)?.code === "STATE_MOVED";
  const failed = update.isError && !moved ? messageOf(update.error) : null;

  function save(input: ProcedureInput, on: number): void {
    setMine(input);
    update.mutate({ ...input, version: on });
  }
  return (
    <>
      <ProcedureForm
        kept={kept}
        nameIs="fixed"
        onSubmit={(input) => save(input, began)}
        onDiscard={() => {
          kept.setDraft(initial);
          kept.forget();
        }}
        error={failed === null ? null : [failed.text, failed.detail].filter(Boolean).join(" ")}
        actions={
          <>
            <ButtonLink href={routes.procedure(name)} onClick={kept.forget}>
              {common("cancel")}
            </ButtonLink>
            <Button type="submit" variant="primary" busy={update.isPending}>
              {common("save")}
            </Button>
          </>
        }
      />
      {mine !== null && theirs !== null && (
        <ConflictDialog
          mine={mine}
          theirs={theirs}
          busy={update.isPending}
          onClose={() => setTheirs(null)}
          onOverwrite={() => save(mine, theirs.version)}
          onTakeTheirs={() => {
            const { body, comment, version } = theirs;
            const [steps, lua] = "lua" in body ? [[], body.lua] : [body.steps, null];
            kept.setDraft(
              draftOf({ name, comment, version, lua, steps: steps.map((one) => ({ ...one, templateName: null })) }),
            );
            update.reset();
            setTheirs(null);
          }}
        />
      )}
    </>
  );
}
