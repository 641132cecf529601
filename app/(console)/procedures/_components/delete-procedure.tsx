"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { routes } from "../../../_lib/routes.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Button } from "../../../_ui/button.tsx";
import { ConfirmDialog } from "../../../_ui/dialog.tsx";
import { notify } from "../../../_ui/notify.tsx";

export function DeleteProcedure({ name }: { name: string }) {
  const t = useTranslations("procedures");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const messageOf = useFailureMessage();
  const [asking, setAsking] = useState(false);
  const remove = useMutation(
    trpc.procedures.delete.mutationOptions({
      onSuccess: async () => {
        router.push(routes.procedures());
        notify.success(t("delete.done", { name }));
        await queryClient.invalidateQueries(trpc.procedures.list.pathFilter());
      },
      onError: (error) => {
        setAsking(false);
        notify.error(messageOf(error).text);
      },
    }),
  );
  return (
    <>
      <Button variant="danger" icon={<Trash2 />} onClick={() => setAsking(true)}>
        {common("delete")}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("delete.title", { name })}
        confirmLabel={common("delete")}
        onConfirm={() => remove.mutate({ name })}
        busy={remove.isPending}
      >
        {t("delete.text")}
      </ConfirmDialog>
    </>
  );
}
