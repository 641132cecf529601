"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ProcedureVersionRow } from "#server/api/rows.ts";
import { LoadFailed } from "../../../_lib/load-failed.tsx";
import { useMay } from "../../../_lib/me.tsx";
import { routes } from "../../../_lib/routes.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useUrlParam } from "../../../_lib/url-param.ts";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Badge } from "../../../_ui/badge.tsx";
import { Button, ButtonLink } from "../../../_ui/button.tsx";
import { Card } from "../../../_ui/card.tsx";
import { classes } from "../../../_ui/classes.ts";
import { ConfirmDialog } from "../../../_ui/dialog.tsx";
import { Field } from "../../../_ui/field.tsx";
import { notify } from "../../../_ui/notify.tsx";
import { RelativeTime } from "../../../_ui/relative-time.tsx";
import { Select } from "../../../_ui/select.tsx";
import { SkeletonRows } from "../../../_ui/skeleton-rows.tsx";
import { TextDiff } from "../../../_ui/text-diff.tsx";
import { textOf } from "../procedure-draft.ts";

/** Every version, the newest first; any two are compared, and an older one is taken up again as a new one. */
export function ProcedureVersions({ name }: { name: string }) {
  const t = useTranslations("procedures.versions");
  const mayEdit = useMay("operator");
  const versions = useQuery(useTRPC().procedures.versions.queryOptions({ name }));
  const [fromParam, setFrom] = useUrlParam("from");
  const [toParam, setTo] = useUrlParam("to");
  const [restoring, setRestoring] = useState<ProcedureVersionRow | null>(null);
  if (versions.isPending) return <SkeletonRows count={3} />;
  if (versions.isError) return <LoadFailed error={versions.error} onRetry={() => void versions.refetch()} />;
  const all = versions.data;
  const [current] = all;
  const find = (text: string) => all.find(({ version }) => String(version) === text);
  const to = find(toParam) ?? current;
  const from = find(fromParam) ?? all.find(({ version }) => version === (to?.version ?? 0) - 1) ?? to;
  if (current === undefined || to === undefined || from === undefined) return null;
  const options = all.map(({ version }) => ({ value: String(version), label: t("number", { version }) }));
  return (
    <div className="flex max-w-4xl flex-col gap-4">
      <Card title={t("title")} padding="flush">
        <ol className="divide-y divide-line">
          {all.map((one) => (
            <VersionRow
              key={one.version}
              name={name}
              one={one}
              chosen={one === from || one === to}
              isCurrent={one === current}
              onCompare={() => {
                setFrom(String(one.version));
                setTo(String(current.version));
              }}
              onRestore={mayEdit ? () => setRestoring(one) : undefined}
            />
          ))}
        </ol>
      </Card>
      {all.length > 1 && (
        <Card title={t("compare")}>
          <div className="mb-4 flex flex-wrap gap-3">
            <Field label={t("from")} className="w-40">
              <Select value={String(from.version)} onChange={setFrom} options={options} />
            </Field>
            <Field label={t("to")} className="w-40">
              <Select value={String(to.version)} onChange={setTo} options={options} />
            </Field>
          </div>
          <TextDiff
            before={textOf(from.body, from.comment)}
            after={textOf(to.body, to.comment)}
            beforeLabel={t("number", { version: from.version })}
            afterLabel={t("number", { version: to.version })}
          />
        </Card>
      )}
      {restoring !== null && (
        <Restore name={name} current={current.version} old={restoring} onClose={() => setRestoring(null)} />
      )}
    </div>
  );
}

interface VersionRowProps {
  name: string;
  one: ProcedureVersionRow;
  /** One of the two that are compared below. */
  chosen: boolean;
  isCurrent: boolean;
  onCompare: () => void;
  onRestore?: () => void;
}

function VersionRow({ name, one, chosen, isCurrent, onCompare, onRestore }: VersionRowProps) {
  const t = useTranslations("procedures.versions");
  const { version, createdByName, createdAt, restoredVersion, comment } = one;
  return (
    <li className={classes("flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-2.5", chosen && "bg-accent-soft/40")}>
      <div className="min-w-0 flex-1 max-sm:basis-full">
        <p className="flex flex-wrap items-center gap-2 text-ui">
          <span className="font-medium">{t("number", { version })}</span>
          {isCurrent && <Badge tone="info">{t("current")}</Badge>}
          {restoredVersion !== null && <Badge>{t("restored", { version: restoredVersion })}</Badge>}
          <RelativeTime date={createdAt} className="text-muted" />
          <span className="text-muted">{createdByName ?? t("byApi")}</span>
        </p>
        <p className="truncate text-xs text-muted">{comment}</p>
      </div>
      {!isCurrent && (
        <span className="flex gap-1 max-sm:-ml-2">
          <ButtonLink size="sm" variant="ghost" href={routes.procedure(name, { version })}>
            {t("view")}
          </ButtonLink>
          <Button size="sm" variant="ghost" onClick={onCompare} aria-label={t("compareNumber", { version })}>
            {t("compareWithCurrent")}
          </Button>
          {onRestore !== undefined && (
            <Button size="sm" icon={<RotateCcw />} onClick={onRestore} aria-label={t("restoreNumber", { version })}>
              {t("restore")}
            </Button>
          )}
        </span>
      )}
    </li>
  );
}

interface RestoreProps {
  name: string;
  current: number;
  old: ProcedureVersionRow;
  onClose: () => void;
}

function Restore({ name, current, old: { version }, onClose }: RestoreProps) {
  const t = useTranslations("procedures.versions");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const messageOf = useFailureMessage();
  const restore = useMutation(
    trpc.procedures.restore.mutationOptions({
      onSuccess: (saved) => notify.success(t("restoreDone", saved)),
      onError: (error) => {
        const { text, detail } = messageOf(error);
        notify.error(text, { description: detail || undefined });
      },
      onSettled: async () => {
        onClose();
        await queryClient.invalidateQueries(trpc.procedures.pathFilter());
      },
    }),
  );
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      variant="primary"
      title={t("restoreTitle", { version })}
      confirmLabel={t("restore")}
      busy={restore.isPending}
      onConfirm={() => restore.mutate({ name, version: current, restoredVersion: version })}
    >
      {t("restoreText", { version, next: current + 1 })}
    </ConfirmDialog>
  );
}
