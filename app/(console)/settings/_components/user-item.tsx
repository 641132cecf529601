"use client";
import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { UserRow } from "#server/api/rows.ts";
import { useMe } from "../../../_lib/me.tsx";
import { Badge } from "../../../_ui/badge.tsx";
import { IconButton } from "../../../_ui/button.tsx";
import { RelativeTime } from "../../../_ui/relative-time.tsx";
import { Avatar } from "./avatar.tsx";
import { RemoveUserDialog } from "./remove-user-dialog.tsx";
import { RoleSelect } from "./role-select.tsx";

export function UserItem({ user }: { user: UserRow }) {
  const t = useTranslations("settings.users");
  const me = useMe();
  const [removing, setRemoving] = useState(false);
  return (
    <li className="grid grid-cols-[9.5rem_minmax(0,1fr)_auto] items-center gap-x-4 gap-y-2 border-b border-line px-4 py-2.5 last:border-b-0 sm:grid-cols-[minmax(0,1fr)_7.5rem_9rem_2rem]">
      <div className="flex min-w-0 items-center gap-3 max-sm:col-span-2">
        <Avatar name={user.name} />
        <div className="min-w-0">
          <p className="flex items-center gap-2">
            <span className="truncate font-medium">{user.name}</span>
            {user.id === me.user.id && <Badge>{t("you")}</Badge>}
          </p>
          <p className="truncate text-xs text-muted">{user.email}</p>
        </div>
      </div>
      <p className="text-xs text-muted max-sm:order-1 max-sm:col-span-2 max-sm:text-right">
        {t.rich("added", { time: () => <RelativeTime date={user.createdAt} /> })}
      </p>
      <RoleSelect user={user} />
      <IconButton
        label={t("remove", { name: user.name })}
        icon={<Trash2 />}
        onClick={() => setRemoving(true)}
        className="justify-self-end max-sm:col-start-3 max-sm:row-start-1"
      />
      <RemoveUserDialog user={user} open={removing} onOpenChange={setRemoving} />
    </li>
  );
}
