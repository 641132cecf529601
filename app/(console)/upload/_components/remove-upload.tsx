"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { formatBytes } from "../../../_lib/format.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { ConfirmDialog } from "../../../_ui/dialog.tsx";
import { notify } from "../../../_ui/notify.tsx";

/** Takes an upload off the server's list, with what it had received of an unfinished one. */
export function useRemoveUpload(): (uploadId: string) => void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const messageOf = useFailureMessage();
  const remove = useMutation(
    trpc.uploads.remove.mutationOptions({
      onError: (error) => notify.error(messageOf(error).text),
      onSettled: () => queryClient.invalidateQueries(trpc.uploads.list.pathFilter()),
    }),
  );
  return (id) => remove.mutate({ id });
}

interface RemoveUploadDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  fileName: string;
  receivedBytes: number;
  onConfirm: () => void;
}

export function RemoveUploadDialog({
  open,
  onOpenChange,
  fileName,
  receivedBytes,
  onConfirm,
}: RemoveUploadDialogProps) {
  const t = useTranslations("upload.remove");
  const locale = useLocale();
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("title")}
      confirmLabel={t("confirm")}
      onConfirm={onConfirm}
    >
      {t("text", { name: fileName, size: formatBytes(locale, receivedBytes) })}
    </ConfirmDialog>
  );
}
