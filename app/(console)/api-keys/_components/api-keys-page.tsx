"use client";
import { useQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { LoadFailed } from "../../../_lib/load-failed.tsx";
import { useMay } from "../../../_lib/me.tsx";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { Button } from "../../../_ui/button.tsx";
import { Card } from "../../../_ui/card.tsx";
import { EmptyState } from "../../../_ui/empty-state.tsx";
import { PageHeader } from "../../../_ui/page-header.tsx";
import { SkeletonRows } from "../../../_ui/skeleton-rows.tsx";
import { ConnectCard } from "./connect-card.tsx";
import { CreateKeyDialog } from "./create-key-dialog.tsx";
import { KeyItem } from "./key-item.tsx";
import { type MadeKey, SecretDialog } from "./secret-dialog.tsx";

export function ApiKeysPage() {
  const t = useTranslations("apiKeys");
  const mayEdit = useMay("admin");
  const list = useQuery(useTRPC().apiKeys.list.queryOptions());
  const [creating, setCreating] = useState(false);
  const [made, setMade] = useState<MadeKey | null>(null);
  const create = (
    <Button variant="primary" icon={<Plus />} onClick={() => setCreating(true)} disabled={!list.isSuccess}>
      {t("create")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("title")} text={t("text")} actions={mayEdit && create} />
      {list.isPending && <SkeletonRows count={3} />}
      {list.isError && <LoadFailed error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && (
        <div className="flex max-w-5xl flex-col gap-4">
          <Card padding="flush">
            {list.data.keys.length === 0 ? (
              <EmptyState
                icon={<KeyRound />}
                title={t("empty")}
                text={t(mayEdit ? "emptyText" : "emptyTextOperator")}
                actions={mayEdit && create}
              />
            ) : (
              <ul aria-label={t("title")}>
                {list.data.keys.map((key) => (
                  <KeyItem
                    key={key.id}
                    item={key}
                    applications={list.data.applications}
                    access={mayEdit ? "edit" : "read"}
                    onMade={setMade}
                  />
                ))}
              </ul>
            )}
          </Card>
          <ConnectCard
            endpoint={list.data.endpoint}
            keyId={list.data.keys.find(({ enabled }) => enabled)?.id ?? null}
          />
          <CreateKeyDialog
            open={creating}
            onOpenChange={setCreating}
            applications={list.data.applications}
            onMade={setMade}
          />
          <SecretDialog made={made} onClose={() => setMade(null)} />
        </div>
      )}
    </>
  );
}
