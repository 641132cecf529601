"use client";
import { useQuery } from "@tanstack/react-query";
import { KeyRound, Lock, ShieldAlert } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useMay } from "../../../_lib/me.tsx";
import { routes } from "../../../_lib/routes.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { ButtonLink } from "../../../_ui/button.tsx";
import { EmptyState } from "../../../_ui/empty-state.tsx";
import { PageHeader } from "../../../_ui/page-header.tsx";
import { mergeUploads } from "../_engine/merge-uploads.ts";
import { DropZone } from "./drop-zone.tsx";
import { LocalUploadRow } from "./local-upload-row.tsx";
import { OtherUploadRow } from "./other-upload-row.tsx";
import { PasteAddresses } from "./paste-addresses.tsx";
import { StagedFiles } from "./staged-files.tsx";
import { useUploadEntries, useUploadQueue } from "./upload-queue-context.ts";
import { UploadSection } from "./upload-section.tsx";

/** Live messages tell of changes; this bounds the wait for a file being checked if one was missed. */
const CHECKING_POLL_MS = 3_000;

export function UploadPage() {
  const t = useTranslations("upload");
  const common = useTranslations("common");
  const mayUpload = useMay("operator");
  return (
    <>
      <PageHeader
        title={t("title")}
        text={t("text")}
        actions={
          mayUpload && (
            <ButtonLink variant="ghost" icon={<KeyRound />} href={routes.clientUpload()}>
              {t("client.title")}
            </ButtonLink>
          )
        }
      />
      {mayUpload ? <Uploads /> : <EmptyState icon={<Lock />} title={common("lockedForRole")} />}
    </>
  );
}

function Uploads() {
  const t = useTranslations("upload");
  const queue = useUploadQueue();
  const entries = useUploadEntries();
  const messageOf = useFailureMessage();
  const [procedure, setProcedure] = useState(useSearchParams().get("procedure"));
  const rows = useQuery(
    useTRPC().uploads.list.queryOptions(undefined, {
      refetchInterval: ({ state }) => (state.data?.some((row) => row.state === "checking") ? CHECKING_POLL_MS : false),
    }),
  );
  const { staged, local, others } = mergeUploads(entries, rows.data ?? []);

  function chooseForAll(name: string | null): void {
    setProcedure(name);
    for (const entry of staged) queue.chooseProcedure(entry.id, name);
  }
  return (
    <div className="flex flex-col gap-5">
      <DropZone onFiles={(files) => queue.add(files, procedure)} size={entries.length === 0 ? "tall" : "low"} />
      <PasteAddresses />
      {staged.length > 0 && <StagedFiles entries={staged} procedure={procedure} onProcedure={chooseForAll} />}
      {local.length > 0 && (
        <UploadSection title={t("list.now")}>
          {local.map(({ entry, row }) => (
            <LocalUploadRow key={entry.id} entry={entry} row={row} />
          ))}
        </UploadSection>
      )}
      {others.length > 0 && (
        <UploadSection title={t("list.earlier")}>
          {others.map((row) => (
            <OtherUploadRow key={row.id} row={row} />
          ))}
        </UploadSection>
      )}
      {rows.isError && (
        <p role="alert" className="flex items-center gap-2 text-ui text-danger-text">
          <ShieldAlert className="size-4" aria-hidden />
          {messageOf(rows.error).text}
        </p>
      )}
    </div>
  );
}
