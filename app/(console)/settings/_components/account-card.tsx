"use client";
import { useTranslations } from "next-intl";
import { useMe } from "../../../_lib/me.tsx";
import { Badge } from "../../../_ui/badge.tsx";
import { Card } from "../../../_ui/card.tsx";
import { Avatar } from "./avatar.tsx";

/** Who one is here. Nothing to change: names and roles are given by administrators. */
export function AccountCard() {
  const t = useTranslations("settings");
  const common = useTranslations("common");
  const { user } = useMe();
  return (
    <Card title={t("account.title")} text={t("account.text")}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <div className="flex min-w-0 flex-1 items-center gap-3">
          <Avatar name={user.name} />
          <div className="min-w-0">
            <p className="truncate font-medium">{user.name}</p>
            <p className="truncate text-ui text-muted">{user.email}</p>
          </div>
        </div>
        <div className="flex min-w-0 flex-col gap-1 max-sm:w-full sm:items-end">
          <Badge className="self-start sm:self-end">{common(`roles.${user.role}`)}</Badge>
          <p className="text-xs text-muted">{t(`roleTexts.${user.role}`)}</p>
        </div>
      </div>
    </Card>
  );
}
