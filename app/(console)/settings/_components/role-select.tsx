"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Role, UserRow } from "#server/api/rows.ts";
import { useMe } from "../../../_lib/me.tsx";
import { ROLES } from "../../../_lib/new-user.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { ConfirmDialog } from "../../../_ui/dialog.tsx";
import { notify } from "../../../_ui/notify.tsx";
import { Select, type SelectOption } from "../../../_ui/select.tsx";

export function useRoleOptions(): SelectOption<Role>[] {
  const t = useTranslations("settings.roleTexts");
  const common = useTranslations("common.roles");
  return ROLES.map((value) => ({ value, label: common(value), hint: t(value) }));
}

/** Changes the role at once, but asks first when one is about to give up one's own. */
export function RoleSelect({ user }: { user: UserRow }) {
  const t = useTranslations("settings.users");
  const common = useTranslations("common.roles");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const messageOf = useFailureMessage();
  const mine = useMe().user.id === user.id;
  const [ownNext, setOwnNext] = useState<Role | null>(null);
  const options = useRoleOptions();

  const setRole = useMutation(
    trpc.users.setRole.mutationOptions({
      onSuccess: async (_, { role }) => {
        notify.success(t("roleChanged", { name: user.name, role: common(role) }));
        if (mine) return router.refresh();
        await queryClient.invalidateQueries({ queryKey: trpc.users.list.queryKey() });
      },
      onError: (error) => notify.error(messageOf(error).text),
      onSettled: () => setOwnNext(null),
    }),
  );

  return (
    <>
      <Select
        size="sm"
        label={t("roleOf", { name: user.name })}
        value={setRole.isPending ? setRole.variables.role : user.role}
        disabled={setRole.isPending}
        options={options}
        onChange={(role) => {
          if (role === user.role) return;
          if (mine) setOwnNext(role);
          else setRole.mutate({ id: user.id, role });
        }}
      />
      <ConfirmDialog
        open={ownNext !== null}
        onOpenChange={() => setOwnNext(null)}
        title={t("stepDownTitle")}
        confirmLabel={t("stepDown")}
        busy={setRole.isPending}
        onConfirm={() => {
          if (ownNext !== null) setRole.mutate({ id: user.id, role: ownNext });
        }}
      >
        {t("stepDownText")}
      </ConfirmDialog>
    </>
  );
}
