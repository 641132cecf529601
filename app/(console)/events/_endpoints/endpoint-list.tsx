"use client";
import { useQuery } from "@tanstack/react-query";
import { Plus, Webhook } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { LoadFailed } from "../../../_lib/load-failed.tsx";
import { useMay } from "../../../_lib/me.tsx";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { Button } from "../../../_ui/button.tsx";
import { EmptyState } from "../../../_ui/empty-state.tsx";
import { SkeletonRows } from "../../../_ui/skeleton-rows.tsx";
import { EndpointCard } from "./endpoint-card.tsx";
import { EndpointDialog } from "./endpoint-dialog.tsx";
import { PullCard } from "./pull-card.tsx";
import { SecretDialog } from "./secret-dialog.tsx";

export function EndpointList() {
  const t = useTranslations("events.endpoints");
  const mayEdit = useMay("admin");
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const endpoints = useQuery(useTRPC().events.endpoints.queryOptions());
  const add = mayEdit && (
    <Button variant="primary" icon={<Plus />} onClick={() => setAdding(true)}>
      {t("add")}
    </Button>
  );
  return (
    <div className="flex max-w-4xl flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-xl text-ui text-muted">{t("text")}</p>
        {(endpoints.data?.length ?? 0) > 0 && add}
      </div>
      {endpoints.isPending && <SkeletonRows count={2} />}
      {endpoints.isError && <LoadFailed error={endpoints.error} onRetry={() => void endpoints.refetch()} />}
      {endpoints.data?.length === 0 && (
        <div className="rounded-lg border border-dashed border-line">
          <EmptyState icon={<Webhook />} title={t("none")} text={t("noneText")} actions={add} />
        </div>
      )}
      {endpoints.data?.map((endpoint) => (
        <EndpointCard key={endpoint.id} endpoint={endpoint} access={mayEdit ? "edit" : "read"} onSecret={setSecret} />
      ))}
      <PullCard access={mayEdit ? "edit" : "read"} />
      {adding && (
        <EndpointDialog
          endpoint={null}
          onClose={() => setAdding(false)}
          onCreated={(made) => {
            setAdding(false);
            setSecret(made);
          }}
        />
      )}
      {secret !== null && <SecretDialog secret={secret} onClose={() => setSecret(null)} />}
    </div>
  );
}
