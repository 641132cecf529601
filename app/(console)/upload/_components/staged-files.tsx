"use client";
import { FileAudio2, FileImage, FileVideo2, X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { formatBytes } from "../../../_lib/format.ts";
import { Badge } from "../../../_ui/badge.tsx";
import { Button, IconButton } from "../../../_ui/button.tsx";
import { Card } from "../../../_ui/card.tsx";
import { useProcedureLabel } from "../../procedures/_components/use-procedure-options.ts";
import type { UploadEntry } from "../_engine/upload-entry.ts";
import { ProcedureSelect } from "./procedure-select.tsx";
import { useUploadQueue } from "./upload-queue-context.ts";

interface StagedFilesProps {
  entries: readonly UploadEntry[];
  procedure: string | null;
  onProcedure: (procedureName: string | null) => void;
}

/** Chosen, not yet sent: the moment to say what is to happen with each. */
export function StagedFiles({ entries, procedure, onProcedure }: StagedFilesProps) {
  const t = useTranslations("upload");
  const locale = useLocale();
  const queue = useUploadQueue();
  const sizeBytes = entries.reduce((sum, entry) => sum + entry.file.size, 0);
  return (
    <Card
      title={t("ready.title")}
      text={t("ready.summary", { count: entries.length, size: formatBytes(locale, sizeBytes) })}
      padding="flush"
      actions={
        <div className="flex flex-wrap items-center gap-2 max-sm:w-full">
          <span className="text-xs text-muted" aria-hidden>
            {t("procedure.forAll")}
          </span>
          <ProcedureSelect
            value={procedure}
            onChange={onProcedure}
            label={t("procedure.forAll")}
            className="max-sm:flex-1 sm:w-56"
          />
          <Button variant="primary" onClick={() => queue.startAll()} className="max-sm:w-full">
            {t("ready.start", { count: entries.length })}
          </Button>
        </div>
      }
    >
      <ul className="divide-y divide-line">
        {entries.map((entry) => (
          <StagedFile key={entry.id} entry={entry} />
        ))}
      </ul>
    </Card>
  );
}

function StagedFile({ entry }: { entry: UploadEntry }) {
  const t = useTranslations("upload");
  const common = useTranslations("common");
  const procedureLabel = useProcedureLabel();
  const locale = useLocale();
  const queue = useUploadQueue();
  const { file, id, procedureName } = entry;
  const Icon = iconOf(file);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2">
      <Icon className="size-4 shrink-0 text-faint" aria-hidden />
      <span className="min-w-0 flex-1">
        <span className="block truncate text-ui font-medium" title={file.name}>
          {file.name}
        </span>
        <span className="block text-xs text-muted">{formatBytes(locale, file.size)}</span>
      </span>
      {entry.uploadUrl === null ? (
        <ProcedureSelect
          value={procedureName}
          onChange={(name) => queue.chooseProcedure(id, name)}
          label={t("procedure.of", { file: file.name })}
          size="sm"
          className="max-sm:order-1 sm:w-56"
        />
      ) : (
        <span className="flex items-center gap-2 text-xs text-muted max-sm:order-1 max-sm:w-full">
          {procedureName === null ? t("procedure.none") : procedureLabel(procedureName)}
          <Badge tone="info">{t("ready.resumes")}</Badge>
        </span>
      )}
      <IconButton label={common("remove")} icon={<X />} size="sm" onClick={() => queue.remove(id)} />
    </li>
  );
}

/** By what the browser makes of the name; the server looks inside. */
function iconOf(file: File) {
  if (file.type.startsWith("audio/")) return FileAudio2;
  return file.type.startsWith("image/") ? FileImage : FileVideo2;
}
