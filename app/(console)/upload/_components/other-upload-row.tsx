"use client";
import { CircleDashed, X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { UploadRow } from "#server/api/rows.ts";
import { formatBytes, formatPercent } from "../../../_lib/format.ts";
import { Button, IconButton } from "../../../_ui/button.tsx";
import { notify } from "../../../_ui/notify.tsx";
import { ProgressBar } from "../../../_ui/progress-bar.tsx";
import { RelativeTime } from "../../../_ui/relative-time.tsx";
import { useProcedureLabel } from "../../procedures/_components/use-procedure-options.ts";
import { fingerprintOf } from "../_engine/resume-records.ts";
import { uploadUrlOf } from "../_engine/upload-address.ts";
import { RemoveUploadDialog, useRemoveUpload } from "./remove-upload.tsx";
import { useOutcome } from "./upload-outcome.tsx";
import { records, uploadsEndpoint, useUploadQueue } from "./upload-queue-context.ts";
import { UploadRowShape } from "./upload-row.tsx";

/** An upload this tab did not begin: finished, being checked, or waiting for its file to be chosen again. */
export function OtherUploadRow({ row }: { row: UploadRow }) {
  const t = useTranslations("upload");
  const common = useTranslations("common");
  const procedureLabel = useProcedureLabel();
  const locale = useLocale();
  const removeUpload = useRemoveUpload();
  const outcome = useOutcome()(row);
  const [asking, setAsking] = useState(false);
  const receiving = row.state === "receiving";
  // Only a browser can go on with what it began.
  const interrupted = receiving && row.origin === "browser";
  const fetching = receiving && row.origin === "pull";
  const percent = row.sizeBytes === 0 ? 0 : (row.receivedBytes / row.sizeBytes) * 100;
  const facts = [
    // Of a sample clip nobody knows yet.
    row.sizeBytes === 0 ? null : formatBytes(locale, row.sizeBytes),
    row.procedureName === null ? null : procedureLabel(row.procedureName),
    <RelativeTime key="time" date={row.createdAt} />,
  ];

  const fetchingStatus =
    row.sizeBytes === 0
      ? t("row.fetching", { size: formatBytes(locale, row.receivedBytes) })
      : t("row.fetchingPercent", { percent: formatPercent(locale, percent) });

  function remove(): void {
    setAsking(false);
    records.forget(uploadUrlOf(uploadsEndpoint(), row.id));
    removeUpload(row.id);
  }
  return (
    <>
      <UploadRowShape
        icon={receiving ? <CircleDashed className="text-warning-text" aria-hidden /> : outcome.icon}
        name={row.fileName}
        facts={facts}
        status={
          interrupted
            ? t("row.interrupted", { percent: formatPercent(locale, percent) })
            : fetching
              ? fetchingStatus
              : outcome.status
        }
        links={interrupted ? <ContinueButton row={row} /> : outcome.links}
        bar={
          interrupted || (fetching && row.sizeBytes > 0) ? (
            <ProgressBar percent={percent} label={row.fileName} tone={fetching ? undefined : "neutral"} />
          ) : undefined
        }
        actions={
          <IconButton
            label={receiving ? common("remove") : t("row.clear")}
            icon={<X />}
            size="sm"
            disabled={row.state === "checking"}
            onClick={() => (interrupted && row.receivedBytes > 0 ? setAsking(true) : remove())}
          />
        }
      />
      <RemoveUploadDialog
        open={asking}
        onOpenChange={setAsking}
        fileName={row.fileName}
        receivedBytes={row.receivedBytes}
        onConfirm={remove}
      />
    </>
  );
}

/** A page may not open a file by itself after a reload, so the user points at it once more. */
function ContinueButton({ row }: { row: UploadRow }) {
  const t = useTranslations("upload");
  const locale = useLocale();
  const queue = useUploadQueue();
  const input = useRef<HTMLInputElement>(null);

  function choose(file: File | undefined): void {
    if (file === undefined) return;
    const url = uploadUrlOf(uploadsEndpoint(), row.id);
    const record = records.findByUrl(url);
    // Begun in another browser, there is no fingerprint; name and size are what the server knows.
    const same =
      record === undefined
        ? file.name === row.fileName && file.size === row.sizeBytes
        : record.fingerprint === fingerprintOf(file);
    if (same) queue.continueUpload(file, url, row.procedureName);
    else notify.error(t("row.otherFile", { name: row.fileName, size: formatBytes(locale, row.sizeBytes) }));
  }
  return (
    <>
      <Button size="sm" onClick={() => input.current?.click()}>
        {t("row.continue")}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t("row.continueFile", { name: row.fileName })}
        onChange={(event) => {
          choose(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
    </>
  );
}
