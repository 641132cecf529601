"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Banner } from "../../../_ui/banner.tsx";
import { Button } from "../../../_ui/button.tsx";
import { Card } from "../../../_ui/card.tsx";
import { Combobox } from "../../../_ui/combobox.tsx";
import { ErrorState } from "../../../_ui/error-state.tsx";
import { Field } from "../../../_ui/field.tsx";
import { MultiSelect } from "../../../_ui/multi-select.tsx";
import { notify } from "../../../_ui/notify.tsx";
import { LoadingRows } from "./loading-rows.tsx";

interface Defaults {
  transcodes: readonly number[];
  watermark: number | null;
}

/** What `1` stands for in the procedures that take numbers. */
export function DefaultsCard() {
  const t = useTranslations("settings.defaults");
  const defaults = useQuery(useTRPC().procedures.defaults.queryOptions());
  const messageOf = useFailureMessage();
  return (
    <Card title={t("title")} text={t("text")}>
      {defaults.isPending && <LoadingRows count={2} />}
      {defaults.isError && (
        <ErrorState
          title={t("loadFailed")}
          text={messageOf(defaults.error).text}
          onRetry={() => void defaults.refetch()}
        />
      )}
      {defaults.data !== undefined && <DefaultsForm initial={defaults.data} />}
    </Card>
  );
}

/** As a number in calls: no watermark. */
const NO_WATERMARK = 0;

function DefaultsForm({ initial }: { initial: Defaults }) {
  const t = useTranslations("settings.defaults");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const messageOf = useFailureMessage();
  const [{ transcodes, watermark }, setDraft] = useState(initial);
  const transcodeOptions = useTemplateOptions("transcode", "remux", "audio");
  const watermarkOptions = useTemplateOptions("watermark");
  const names = transcodes.map(
    (definition) => transcodeOptions.find(({ value }) => value === definition)?.label ?? String(definition),
  );
  const save = useMutation(
    trpc.procedures.setDefaults.mutationOptions({
      onSuccess: async () => {
        notify.success(t("saved"));
        await queryClient.invalidateQueries({ queryKey: trpc.procedures.defaults.queryKey() });
      },
    }),
  );
  const failed = save.isError ? messageOf(save.error) : null;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ transcodes: [...transcodes], watermark });
  };

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <div className="flex flex-col items-start gap-1.5">
        <MultiSelect
          label={t("transcodes")}
          values={transcodes}
          onChange={(next) => setDraft({ transcodes: next, watermark })}
          options={transcodeOptions}
        />
        <p className="text-xs text-muted">{names.length === 0 ? t("nothing") : names.join(" · ")}</p>
      </div>
      <Field label={t("watermark")}>
        <Combobox
          value={watermark ?? NO_WATERMARK}
          onChange={(next) => setDraft({ transcodes, watermark: next === NO_WATERMARK ? null : next })}
          options={[{ value: NO_WATERMARK, label: t("noWatermark") }, ...watermarkOptions]}
        />
      </Field>
      <Banner tone="danger">{failed === null ? null : `${failed.text} ${failed.detail}`}</Banner>
      <Button type="submit" variant="primary" busy={save.isPending} className="self-start">
        {common("save")}
      </Button>
    </form>
  );
}

function useTemplateOptions(...kinds: ("transcode" | "remux" | "audio" | "watermark")[]) {
  const templates = useQuery(useTRPC().templates.list.queryOptions({ kinds }));
  return (templates.data ?? []).map(({ definition, name }) => ({
    value: definition,
    label: name,
    hint: String(definition),
  }));
}
