"use client";
import { FlaskConical, Square } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Template } from "#domain/template.ts";
import { TRIAL_SECONDS } from "#domain/trial/trial.ts";
import { MediaField } from "../../../_forms/media-field.tsx";
import { useMay } from "../../../_lib/me.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Banner } from "../../../_ui/banner.tsx";
import { Button } from "../../../_ui/button.tsx";
import { Card } from "../../../_ui/card.tsx";
import { Field } from "../../../_ui/field.tsx";
import { NumberInput } from "../../../_ui/number-input.tsx";
import { Segmented } from "../../../_ui/segmented.tsx";
import { Select } from "../../../_ui/select.tsx";
import { FailureNote } from "../../tasks/_components/failure-note.tsx";
import { usePreviewMedia } from "../_command/use-preview-media.ts";
import { TrialResultView } from "./trial-result.tsx";
import { useTrial } from "./use-trial.ts";

const STARTS = ["middle", "busiest", "from"] as const;
type Start = (typeof STARTS)[number];

/** Kinds of which there is nothing to see. */
const UNTRIED = new Set<Template["kind"]>(["inspection", "health-check", "head-tail"]);

export function canTry(kind: Template["kind"]): boolean {
  return !UNTRIED.has(kind);
}

/** A few seconds of a media of one's own, made as the template says, saved or not. Null: there is something wrong with it. */
export function TryPanel({ template, kind }: { template: Template | null; kind: Template["kind"] }) {
  const t = useTranslations("trial");
  const mayTry = useMay("operator");
  if (!canTry(kind) || !mayTry) return null;
  return (
    <Card title={t("title")} text={t("text")}>
      <Try template={template} />
    </Card>
  );
}

function Try({ template }: { template: Template | null }) {
  const t = useTranslations("trial");
  const messageOf = useFailureMessage();
  const { mediaId, choose } = usePreviewMedia();
  const [start, setStart] = useState<Start>("middle");
  const [from, setFrom] = useState<number | null>(0);
  const [seconds, setSeconds] = useState<number | null>(TRIAL_SECONDS.usual);
  const [rung, setRung] = useState(0);
  const { start: begin, cancel, busy, trial, error } = useTrial();
  const { min, max } = TRIAL_SECONDS;
  const wrongSeconds = seconds === null || seconds < min || seconds > max;
  const rungs = template?.kind === "adaptive-streaming" ? template.params.rungs : [];
  const ready = template !== null && mediaId !== null && !wrongSeconds && (start !== "from" || (from ?? -1) >= 0);
  const stretch = { start: start === "from" ? (from ?? 0) : start, durationSeconds: seconds ?? TRIAL_SECONDS.usual };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only keeps Enter from sending the form around it.
    <div
      className="flex flex-col gap-4"
      onKeyDown={(event) => {
        if (event.key === "Enter" && event.target instanceof HTMLInputElement) event.preventDefault();
      }}
    >
      <div className="grid items-start gap-x-4 gap-y-3 sm:grid-cols-2">
        <Field label={t("media")} hint={mediaId === null ? t("chooseMedia") : undefined}>
          <MediaField value={mediaId} onChange={choose} />
        </Field>
        <div className="grid grid-cols-2 gap-4">
          <Field label={t("seconds")} unit="s" error={wrongSeconds ? t("secondsWrong", { min, max }) : undefined}>
            <NumberInput value={seconds} onChange={setSeconds} min={min} max={max} />
          </Field>
          {rungs.length > 1 && (
            <Field label={t("rung")}>
              <Select
                value={Math.min(rung, rungs.length - 1)}
                onChange={setRung}
                options={rungs.map(({ video, audio }, value) => ({
                  value,
                  label:
                    video === null
                      ? t("rungSound", { number: value + 1, kbps: audio?.bitrateKbps ?? 0 })
                      : t("rungPicture", { number: value + 1, height: video.heightPx, kbps: video.bitrateKbps }),
                }))}
              />
            </Field>
          )}
        </div>
      </div>
      <div className="flex flex-wrap items-end gap-3">
        <Segmented
          label={t("start")}
          value={start}
          onChange={setStart}
          options={STARTS.map((value) => ({ value, label: t(`starts.${value}`) }))}
        />
        {start === "from" && (
          <NumberInput value={from} onChange={setFrom} min={0} unit="s" label={t("starts.from")} className="w-32" />
        )}
        <span className="ml-auto flex gap-2">
          {busy && (
            <Button icon={<Square />} onClick={cancel}>
              {t("stop")}
            </Button>
          )}
          <Button
            variant="primary"
            icon={<FlaskConical />}
            busy={busy}
            disabled={!ready}
            onClick={() => {
              if (template !== null && mediaId !== null) begin({ template, mediaId, stretch, rung });
            }}
          >
            {t(trial === undefined ? "try" : "tryAgain")}
          </Button>
        </span>
      </div>
      {template === null && <Banner tone="warning">{t("invalid")}</Banner>}
      <p role="status" className="text-ui text-muted empty:hidden">
        {busy ? t(trial?.state === "running" ? "running" : "waiting") : null}
        {!busy && trial?.state === "cancelled" ? t("cancelled") : null}
      </p>
      {error !== null && !busy && <Banner tone="danger">{messageOf(error).text}</Banner>}
      {trial?.error != null && <FailureNote error={trial.error} />}
      {trial?.result != null && <TrialResultView result={trial.result} urls={trial.urls} />}
    </div>
  );
}
