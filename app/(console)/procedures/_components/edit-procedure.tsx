"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Lock } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
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
  const common = useTranslations("common");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  // What is being edited must not change under the editor; a save from elsewhere meanwhile is refused by its version.
  const procedure = useQuery(
    trpc.procedures.get.queryOptions({ name }, { staleTime: Number.POSITIVE_INFINITY, refetchOnMount: "always" }),
  );
  const update = useMutation(
    trpc.procedures.update.mutationOptions({
      onSuccess: async () => {
        notify.success(common("saved"));
        await queryClient.invalidateQueries(trpc.procedures.pathFilter());
        router.push(routes.procedure(name));
      },
    }),
  );
  if (procedure.isPending || (procedure.isFetching && !procedure.isFetchedAfterMount))
    return <SkeletonRows count={4} />;
  if (procedure.isError) return <LoadFailed error={procedure.error} onRetry={() => void procedure.refetch()} />;
  const { comment, steps, version } = procedure.data;
  if (version === null) return <EmptyState icon={<Lock />} title={t("presetFixed")} />;
  return (
    <ProcedureForm
      initial={{ name, comment, steps: draftsOf(steps) }}
      nameIs="fixed"
      cancelHref={routes.procedure(name)}
      submitLabel={common("save")}
      busy={update.isPending}
      error={update.error}
      onSubmit={(input) => update.mutate({ ...input, version })}
    />
  );
}
