"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Lock } from "lucide-react";
import { useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ProcedureRow } from "#server/api/rows.ts";
import { LoadFailed } from "../../../_lib/load-failed.tsx";
import { useMay } from "../../../_lib/me.tsx";
import { routes } from "../../../_lib/routes.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { BackLink } from "../../../_ui/back-link.tsx";
import { EmptyState } from "../../../_ui/empty-state.tsx";
import { notify } from "../../../_ui/notify.tsx";
import { PageHeader } from "../../../_ui/page-header.tsx";
import { SkeletonRows } from "../../../_ui/skeleton-rows.tsx";
import { draftsOf } from "../step-draft.ts";
import { ProcedureForm } from "./procedure-form.tsx";

/** From nothing, or from another procedure: `?from=Starter`. */
export function NewProcedure() {
  const t = useTranslations("procedures");
  const common = useTranslations("common");
  const mayEdit = useMay("operator");
  const from = useSearchParams().get("from");
  return (
    <>
      <PageHeader
        back={<BackLink href={routes.procedures()}>{t("title")}</BackLink>}
        title={from === null ? t("new") : t("duplicateOf", { name: from })}
        text={t("newText")}
      />
      {!mayEdit && <EmptyState icon={<Lock />} title={common("lockedForRole")} />}
      {mayEdit && (from === null ? <Create /> : <CreateFrom name={from} />)}
    </>
  );
}

function CreateFrom({ name }: { name: string }) {
  const procedure = useQuery(useTRPC().procedures.get.queryOptions({ name }));
  if (procedure.isPending) return <SkeletonRows count={4} />;
  if (procedure.isError) return <LoadFailed error={procedure.error} onRetry={() => void procedure.refetch()} />;
  return <Create original={procedure.data} />;
}

function Create({ original }: { original?: ProcedureRow }) {
  const t = useTranslations("procedures");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const create = useMutation(
    trpc.procedures.create.mutationOptions({
      onSuccess: async (_, { name }) => {
        notify.success(t("created"));
        router.push(routes.procedure(name));
        await queryClient.invalidateQueries(trpc.procedures.list.pathFilter());
      },
    }),
  );
  return (
    <ProcedureForm
      initial={{
        name: "",
        comment: original === undefined || original.preset ? "" : original.comment,
        steps: original === undefined ? [] : draftsOf(original.steps),
      }}
      nameIs="new"
      cancelHref={routes.procedures()}
      submitLabel={t("create")}
      busy={create.isPending}
      error={create.error}
      onSubmit={(input) => create.mutate(input)}
    />
  );
}
