"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { UserRow } from "#server/api/rows.ts";
import { useMe } from "../../../_lib/me.tsx";
import { routes } from "../../../_lib/routes.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Banner } from "../../../_ui/banner.tsx";
import { ConfirmDialog } from "../../../_ui/dialog.tsx";
import { notify } from "../../../_ui/notify.tsx";

export interface RemoveUserDialogProps {
  user: UserRow;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function RemoveUserDialog({ user, open, onOpenChange }: RemoveUserDialogProps) {
  const t = useTranslations("settings.users");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const messageOf = useFailureMessage();
  const mine = useMe().user.id === user.id;
  const remove = useMutation(
    trpc.users.remove.mutationOptions({
      onSuccess: async () => {
        if (mine) return window.location.assign(routes.signIn());
        onOpenChange(false);
        notify.success(t("removed", { name: user.name }));
        await queryClient.invalidateQueries({ queryKey: trpc.users.list.queryKey() });
      },
    }),
  );
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => {
        onOpenChange(next);
        remove.reset();
      }}
      title={t("removeTitle", { name: user.name })}
      confirmLabel={t("removeConfirm")}
      busy={remove.isPending}
      onConfirm={() => remove.mutate({ id: user.id })}
    >
      <div className="flex flex-col gap-3">
        <p>{mine ? t("removeSelfText") : t("removeText", { email: user.email })}</p>
        <Banner tone="danger">{remove.isError ? messageOf(remove.error).text : null}</Banner>
      </div>
    </ConfirmDialog>
  );
}
