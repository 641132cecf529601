"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CirclePause } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import type { PipelineRow } from "#server/api/rows.ts";
import { formatNumber } from "../../../_lib/format.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Badge } from "../../../_ui/badge.tsx";
import { Button } from "../../../_ui/button.tsx";
import { Card } from "../../../_ui/card.tsx";
import { Field } from "../../../_ui/field.tsx";
import { notify } from "../../../_ui/notify.tsx";
import { NumberInput } from "../../../_ui/number-input.tsx";
import { ProgressBar } from "../../../_ui/progress-bar.tsx";
import { Switch } from "../../../_ui/switch.tsx";

const CAPACITY_MAX = 1_000;

export function PipelineCard({ pipeline, access }: { pipeline: PipelineRow; access: "read" | "edit" }) {
  const t = useTranslations("pipelines");
  const { name, capacity, inProgressCount, queuedCount, paused, isDefault } = pipeline;
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-2">
          {name}
          {isDefault && <Badge>{t("default")}</Badge>}
          {paused && (
            <Badge tone="warning" icon={<CirclePause />}>
              {t("paused")}
            </Badge>
          )}
        </span>
      }
    >
      <dl className="grid grid-cols-3 gap-4">
        <Figure label={t("inProgress")} value={inProgressCount} />
        <Figure label={t("queued")} value={queuedCount} />
        <Figure label={t("capacity")} value={capacity} />
      </dl>
      <ProgressBar
        percent={(inProgressCount / Math.max(1, capacity)) * 100}
        label={t("use", { used: inProgressCount, capacity })}
        tone={paused ? "warning" : "info"}
        className="mt-3"
      />
      <p className="mt-1.5 text-xs text-muted">
        {paused ? t("pausedText", { queued: queuedCount }) : t("use", { used: inProgressCount, capacity })}
      </p>
      {access === "edit" && <PipelineSettings key={capacity} pipeline={pipeline} />}
    </Card>
  );
}

function Figure({ label, value }: { label: string; value: number }) {
  const locale = useLocale();
  return (
    <div>
      <dt className="text-xs text-faint">{label}</dt>
      <dd className="text-xl leading-7 font-semibold tracking-tight">{formatNumber(locale, value)}</dd>
    </div>
  );
}

function PipelineSettings({ pipeline }: { pipeline: PipelineRow }) {
  const t = useTranslations("pipelines");
  const common = useTranslations("common");
  const validation = useTranslations("validation");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const messageOf = useFailureMessage();
  const { id, paused } = pipeline;
  const [capacity, setCapacity] = useState<number | null>(pipeline.capacity);
  const update = useMutation(
    trpc.pipelines.update.mutationOptions({
      onSuccess: () => notify.success(common("saved")),
      onError: (error) => notify.error(messageOf(error).text),
      onSettled: () => queryClient.invalidateQueries(trpc.pipelines.list.pathFilter()),
    }),
  );
  const error =
    capacity === null
      ? common("required")
      : !Number.isInteger(capacity) || capacity < 1
        ? validation("tooSmall", { minimum: 1 })
        : capacity > CAPACITY_MAX
          ? validation("tooBig", { maximum: CAPACITY_MAX })
          : undefined;
  return (
    <div className="mt-4 flex flex-wrap items-start justify-between gap-x-8 gap-y-4 border-t border-line pt-4">
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (error === undefined && capacity !== null) update.mutate({ id, capacity });
        }}
      >
        <Field label={t("capacity")} hint={t("capacityHint")} error={error} className="max-w-72">
          <div className="flex gap-2">
            <NumberInput value={capacity} onChange={setCapacity} min={1} max={CAPACITY_MAX} className="w-28" />
            <Button
              type="submit"
              disabled={error !== undefined || capacity === pipeline.capacity}
              busy={update.isPending && update.variables.capacity !== undefined}
            >
              {common("save")}
            </Button>
          </div>
        </Field>
      </form>
      <Field label={t("pause")} hint={t("pauseHint")} layout="inline" className="max-w-72">
        <Switch checked={paused} onChange={(next) => update.mutate({ id, paused: next })} disabled={update.isPending} />
      </Field>
    </div>
  );
}
