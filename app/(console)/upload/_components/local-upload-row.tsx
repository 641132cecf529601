"use client";
import { ArrowUpFromLine, CirclePause, CircleX, Clock, Pause, Play, RotateCw, WifiOff, X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import type { UploadRow } from "#server/api/rows.ts";
import { formatBytes, formatElapsed, formatPercent } from "../../../_lib/format.ts";
import { useFailureSentence } from "../../../_lib/use-failure-message.ts";
import { Button, IconButton } from "../../../_ui/button.tsx";
import { ProgressBar, type ProgressBarProps } from "../../../_ui/progress-bar.tsx";
import { useProcedureLabel } from "../../procedures/_components/use-procedure-options.ts";
import { remainingSeconds } from "../_engine/speed.ts";
import { uploadIdOf } from "../_engine/upload-address.ts";
import type { UploadEntry } from "../_engine/upload-entry.ts";
import { RemoveUploadDialog, useRemoveUpload } from "./remove-upload.tsx";
import { type Outcome, useOutcome } from "./upload-outcome.tsx";
import { useUploadQueue } from "./upload-queue-context.ts";
import { UploadRowShape } from "./upload-row.tsx";

/** An upload of this tab. Up to the last byte the tab knows best; from then on, the server. */
export function LocalUploadRow({ entry, row }: { entry: UploadEntry; row: UploadRow | null }) {
  const t = useTranslations("upload");
  const common = useTranslations("common");
  const procedureLabel = useProcedureLabel();
  const locale = useLocale();
  const queue = useUploadQueue();
  const removeUpload = useRemoveUpload();
  const [asking, setAsking] = useState(false);
  const { icon, status, links, actions } = useLook(entry, row);
  const { file, id, procedureName, sentBytes, uploadUrl } = entry;
  const tone = BAR_TONE[entry.state];
  const losesBytes = entry.state !== "sent" && sentBytes > 0;

  function remove(): void {
    setAsking(false);
    queue.remove(id);
    if (uploadUrl !== null) removeUpload(uploadIdOf(uploadUrl));
  }
  return (
    <>
      <UploadRowShape
        icon={icon}
        name={file.name}
        facts={[formatBytes(locale, file.size), procedureName === null ? null : procedureLabel(procedureName)]}
        status={status}
        links={links}
        bar={tone === undefined ? undefined : <ProgressBar percent={percentOf(entry)} label={file.name} tone={tone} />}
        actions={
          <>
            {actions}
            <IconButton
              label={entry.state === "sent" ? t("row.clear") : common("remove")}
              icon={<X />}
              size="sm"
              disabled={entry.state === "sent" && row?.state !== "done" && row?.state !== "refused"}
              onClick={() => (losesBytes ? setAsking(true) : remove())}
            />
          </>
        }
      />
      <RemoveUploadDialog
        open={asking}
        onOpenChange={setAsking}
        fileName={file.name}
        receivedBytes={sentBytes}
        onConfirm={remove}
      />
    </>
  );
}

const BAR_TONE: Partial<Record<UploadEntry["state"], ProgressBarProps["tone"]>> = {
  sending: "accent",
  reconnecting: "warning",
  paused: "neutral",
};

function percentOf({ sentBytes, file }: UploadEntry): number {
  return file.size === 0 ? 0 : (sentBytes / file.size) * 100;
}

interface Look extends Outcome {
  actions: ReactNode;
}

function useLook(entry: UploadEntry, row: UploadRow | null): Look {
  const t = useTranslations("upload");
  const common = useTranslations("common");
  const locale = useLocale();
  const queue = useUploadQueue();
  const sentenceOf = useFailureSentence();
  const outcomeOf = useOutcome();
  const { id, file, sentBytes, speed } = entry;
  const pause = <IconButton label={t("row.pause")} icon={<Pause />} size="sm" onClick={() => queue.pause(id)} />;

  switch (entry.state) {
    case "staged":
    case "queued":
      return {
        icon: <Clock className="text-faint" aria-hidden />,
        status: t("row.queued"),
        links: null,
        actions: pause,
      };
    case "sending": {
      const left = speed === null ? null : remainingSeconds(speed, file.size);
      const parts = [
        formatPercent(locale, percentOf(entry)),
        t("row.progress", { sent: formatBytes(locale, sentBytes), size: formatBytes(locale, file.size) }),
        speed?.bytesPerSecond ? t("row.speed", { speed: formatBytes(locale, speed.bytesPerSecond) }) : null,
        left === null ? null : t("row.left", { time: formatElapsed(locale, Math.ceil(left)) }),
      ];
      return {
        icon: <ArrowUpFromLine className="text-accent-text" aria-hidden />,
        status: parts.filter((part) => part !== null).join(" · "),
        links: null,
        actions: pause,
      };
    }
    case "reconnecting":
      return {
        icon: <WifiOff className="text-warning-text" aria-hidden />,
        status: <span className="text-warning-text">{t("row.reconnecting")}</span>,
        links: (
          <Button size="sm" icon={<RotateCw />} onClick={() => queue.retryNow()}>
            {t("row.retryNow")}
          </Button>
        ),
        actions: pause,
      };
    case "paused":
      return {
        icon: <CirclePause className="text-faint" aria-hidden />,
        status: t("row.paused", { percent: formatPercent(locale, percentOf(entry)) }),
        links: null,
        actions: <IconButton label={t("row.resume")} icon={<Play />} size="sm" onClick={() => queue.resume(id)} />,
      };
    case "failed":
      return {
        icon: <CircleX className="text-danger-text" aria-hidden />,
        status: <span className="text-danger-text">{sentenceOf(entry.failure?.code ?? "INTERNAL")}</span>,
        links:
          file.size === 0 ? null : (
            <Button size="sm" icon={<RotateCw />} onClick={() => queue.resume(id)}>
              {common("retry")}
            </Button>
          ),
        actions: null,
      };
    case "sent":
      return { ...outcomeOf(row ?? { state: "checking", error: null, mediaId: null, taskId: null }), actions: null };
  }
}
