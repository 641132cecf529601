"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ban, Check, Ellipsis, RefreshCw, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ApiKeyList } from "#server/api/rows.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Badge } from "../../../_ui/badge.tsx";
import { IconButton } from "../../../_ui/button.tsx";
import { CopyId } from "../../../_ui/copy-id.tsx";
import { Menu, type MenuItem } from "../../../_ui/menu.tsx";
import { notify } from "../../../_ui/notify.tsx";
import { RelativeTime } from "../../../_ui/relative-time.tsx";
import { KeyDialog, type KeyQuestion } from "./key-dialog.tsx";
import type { MadeKey } from "./secret-dialog.tsx";

type Key = ApiKeyList["keys"][number];

export interface KeyItemProps {
  item: Key;
  applications: ApiKeyList["applications"];
  access: "edit" | "read";
  onMade: (made: MadeKey) => void;
}

export function KeyItem({ item, applications, access, onMade }: KeyItemProps) {
  const t = useTranslations("apiKeys");
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 gap-y-2 border-b border-line px-4 py-3 last:border-b-0 sm:grid-cols-[minmax(0,1fr)_11rem_2rem]">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="min-w-0 truncate font-medium">{item.name}</span>
          <StateBadge item={item} />
          {applications.length > 1 && <Badge>{item.application.name}</Badge>}
        </p>
        <p className="mt-0.5 flex">
          <CopyId id={item.id} length="full" />
        </p>
        {item.replacesId !== null && (
          <p className="mt-1 text-xs text-muted">{t.rich("replaces", { id: () => <Code>{item.replacesId}</Code> })}</p>
        )}
        {item.replacedById !== null && item.enabled && (
          <p className="mt-1 text-xs text-muted">
            {t.rich("replacedBy", { id: () => <Code>{item.replacedById}</Code> })}
          </p>
        )}
      </div>
      <div className="text-xs text-muted max-sm:order-1 max-sm:col-span-2">
        <p>
          {item.lastUsedAt === null
            ? t("neverUsed")
            : t.rich("lastUsed", { time: () => <RelativeTime date={item.lastUsedAt} /> })}
        </p>
        <p className="text-faint">
          {item.fromEnvironment
            ? t("fromEnvironment")
            : t.rich("created", {
                time: () => <RelativeTime date={item.createdAt} />,
                name: item.createdByName ?? t("somebody"),
              })}
        </p>
      </div>
      {access === "edit" && <KeyActions item={item} onMade={onMade} />}
    </li>
  );
}

function Code({ children }: { children: string | null }) {
  return <code className="font-mono text-2xs break-all">{children}</code>;
}

function StateBadge({ item }: { item: Key }) {
  const t = useTranslations("apiKeys");
  if (!item.enabled) return <Badge>{t("disabled")}</Badge>;
  return item.replacedById === null ? (
    <Badge tone="success">{t("enabled")}</Badge>
  ) : (
    <Badge tone="warning">{t("changingOver")}</Badge>
  );
}

function KeyActions({ item, onMade }: Pick<KeyItemProps, "item" | "onMade">) {
  const t = useTranslations("apiKeys");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const messageOf = useFailureMessage();
  const [question, setQuestion] = useState<KeyQuestion | null>(null);
  // Enabling again undoes what was asked for, and harms nothing.
  const enable = useMutation(
    trpc.apiKeys.change.mutationOptions({
      onSuccess: async () => {
        notify.success(t("enabledToast", { name: item.name }));
        await queryClient.invalidateQueries({ queryKey: trpc.apiKeys.list.queryKey() });
      },
      onError: (error) => notify.error(messageOf(error).text),
    }),
  );
  const rotate: MenuItem = { label: t("rotate"), icon: <RefreshCw />, onSelect: () => setQuestion("rotate") };
  const items: MenuItem[] = [
    ...(item.replacedById === null ? [rotate] : []),
    item.enabled
      ? { label: t("disable"), icon: <Ban />, onSelect: () => setQuestion("disable") }
      : { label: t("enable"), icon: <Check />, onSelect: () => enable.mutate({ id: item.id, enabled: true }) },
    { type: "separator" },
    { label: t("delete"), icon: <Trash2 />, tone: "danger", onSelect: () => setQuestion("delete") },
  ];
  return (
    <>
      <Menu
        trigger={
          <IconButton
            label={t("actions", { name: item.name })}
            icon={<Ellipsis />}
            className="justify-self-end max-sm:col-start-2 max-sm:row-start-1"
          />
        }
        items={items}
      />
      <KeyDialog item={item} question={question} onClose={() => setQuestion(null)} onMade={onMade} />
    </>
  );
}
