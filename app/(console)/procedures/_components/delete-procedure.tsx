"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { routes } from "../../../_lib/routes.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { ConfirmDialog } from "../../../_ui/dialog.tsx";
import { notify } from "../../../_ui/notify.tsx";

export function DeleteProcedure({ name, onClose }: { name: string; onClose: () => void }) {
  const t = useTranslations("procedures");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const messageOf = useFailureMessage();
  const remove = useMutation(
    trpc.procedures.delete.mutationOptions({
      onSuccess: async () => {
        router.push(routes.procedures());
        notify.success(t("delete.done", { name }));
        await queryClient.invalidateQueries(trpc.procedures.list.pathFilter());
      },
      onError: (error) => {
        onClose();
        notify.error(messageOf(error).text);
      },
    }),
  );
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("delete.title", { name })}
      confirmLabel={common("delete")}
      onConfirm={() => remove.mutate({ name })}
      busy={remove.isPending}
    >
      {t("delete.text")}
    </ConfirmDialog>
  );
}
