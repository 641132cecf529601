"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { formatNumber } from "../../../_lib/format.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Card } from "../../../_ui/card.tsx";
import { FactList } from "../../../_ui/fact-list.tsx";
import { Field } from "../../../_ui/field.tsx";
import { notify } from "../../../_ui/notify.tsx";
import { RelativeTime } from "../../../_ui/relative-time.tsx";
import { Segmented } from "../../../_ui/segmented.tsx";
import { Skeleton } from "../../../_ui/skeleton.tsx";
import { Switch } from "../../../_ui/switch.tsx";

/** What the API's own receiver gets: its mode and switches, and the queue that clients pull from. */
export function PullCard({ access }: { access: "read" | "edit" }) {
  const t = useTranslations("events.api");
  const locale = useLocale();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const messageOf = useFailureMessage();
  const config = useQuery(trpc.events.config.queryOptions());
  const queue = useQuery(trpc.events.queue.queryOptions());
  const set = useMutation(
    trpc.events.setConfig.mutationOptions({
      onError: (error) => notify.error(messageOf(error).text),
      onSettled: () => queries.invalidateQueries(trpc.events.config.pathFilter()),
    }),
  );
  const shown = config.data === undefined ? undefined : { ...config.data, ...(set.isPending ? set.variables : {}) };
  return (
    <Card title={t("title")} text={t("text")}>
      {shown === undefined ? (
        <Skeleton className="h-24" />
      ) : (
        <div className="flex flex-col gap-4">
          <FactList
            facts={[
              { label: t("depth"), value: formatNumber(locale, queue.data?.count ?? 0) },
              { label: t("oldest"), value: <RelativeTime date={queue.data?.oldestAt ?? null} /> },
            ]}
          />
          <div className="flex flex-col gap-1.5">
            <span className="text-ui font-medium">{t("mode")}</span>
            <span className="text-xs text-muted">{t("modeHint")}</span>
            {access === "edit" ? (
              <Segmented
                label={t("mode")}
                value={shown.mode}
                onChange={(mode) => set.mutate({ mode })}
                options={[
                  { value: "push", label: t("modes.push") },
                  { value: "pull", label: t("modes.pull") },
                ]}
              />
            ) : (
              <span className="text-ui">{t(`modes.${shown.mode}`)}</span>
            )}
          </div>
          <Field label={t("uploads")} hint="UploadMediaCompleteEventSwitch" layout="inline">
            <Switch
              checked={shown.tellsUploads}
              disabled={access === "read"}
              onChange={(tellsUploads) => set.mutate({ tellsUploads })}
            />
          </Field>
          <Field label={t("deletions")} hint="DeleteMediaCompleteEventSwitch" layout="inline">
            <Switch
              checked={shown.tellsDeletions}
              disabled={access === "read"}
              onChange={(tellsDeletions) => set.mutate({ tellsDeletions })}
            />
          </Field>
        </div>
      )}
    </Card>
  );
}
