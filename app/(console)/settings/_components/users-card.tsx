"use client";
import { useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Button } from "../../../_ui/button.tsx";
import { Card } from "../../../_ui/card.tsx";
import { ErrorState } from "../../../_ui/error-state.tsx";
import { AddUserDialog } from "./add-user-dialog.tsx";
import { LoadingRows } from "./loading-rows.tsx";
import { UserItem } from "./user-item.tsx";

export function UsersCard() {
  const t = useTranslations("settings.users");
  const [adding, setAdding] = useState(false);
  return (
    <Card
      title={t("title")}
      text={t("text")}
      padding="flush"
      actions={
        <Button size="sm" icon={<UserPlus />} onClick={() => setAdding(true)}>
          {t("add")}
        </Button>
      }
    >
      <UserList />
      <AddUserDialog open={adding} onOpenChange={setAdding} />
    </Card>
  );
}

/** Never empty: whoever looks at it is in it. */
function UserList() {
  const t = useTranslations("settings.users");
  const trpc = useTRPC();
  const messageOf = useFailureMessage();
  const users = useQuery(trpc.users.list.queryOptions());
  if (users.isPending) return <LoadingRows count={3} />;
  if (users.data === undefined) {
    return (
      <ErrorState title={t("loadFailed")} text={messageOf(users.error).text} onRetry={() => void users.refetch()} />
    );
  }
  return (
    <ul>
      {users.data.map((user) => (
        <UserItem key={user.id} user={user} />
      ))}
    </ul>
  );
}
