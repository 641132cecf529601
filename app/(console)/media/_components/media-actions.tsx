"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Combine, Download, Ellipsis, Pencil, Scissors, Trash2, WandSparkles } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { MediaDetail } from "#server/api/rows.ts";
import { useMay } from "../../../_lib/me.tsx";
import { routes } from "../../../_lib/routes.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Button, ButtonAnchor, IconButton } from "../../../_ui/button.tsx";
import { ConfirmDialog } from "../../../_ui/dialog.tsx";
import { Menu } from "../../../_ui/menu.tsx";
import { notify } from "../../../_ui/notify.tsx";
import { CreateTaskDialog } from "../../tasks/_create/create-task-dialog.tsx";
import { RenameMedia } from "./rename-media.tsx";

type Open = "run" | "rename" | "delete" | null;

export function MediaActions({ media }: { media: MediaDetail }) {
  const t = useTranslations("media");
  const common = useTranslations("common");
  const edit = useTranslations("edit.actions");
  const router = useRouter();
  const mayEdit = useMay("operator");
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const readable = media.error === null;
  return (
    <>
      <ButtonAnchor icon={<Download />} href={media.downloadUrl} download>
        {common("download")}
      </ButtonAnchor>
      {mayEdit && (
        <>
          {readable && (
            <Button variant="primary" icon={<WandSparkles />} onClick={() => setOpen("run")}>
              {t("run")}
            </Button>
          )}
          <Menu
            trigger={<IconButton variant="secondary" label={common("more")} icon={<Ellipsis />} />}
            items={[
              ...(media.kind === "image" || !readable
                ? []
                : [
                    {
                      label: edit("clip"),
                      icon: <Combine />,
                      onSelect: () => router.push(routes.editMedia("join", [media.id])),
                    },
                    {
                      label: edit("split"),
                      icon: <Scissors />,
                      onSelect: () => router.push(routes.editMedia("split", [media.id])),
                    },
                    { type: "separator" as const },
                  ]),
              { label: common("rename"), icon: <Pencil />, onSelect: () => setOpen("rename") },
              { type: "separator" },
              { label: common("delete"), icon: <Trash2 />, tone: "danger", onSelect: () => setOpen("delete") },
            ]}
          />
        </>
      )}
      {open === "run" && <CreateTaskDialog media={[media]} onClose={close} />}
      {open === "rename" && <RenameMedia id={media.id} name={media.name} onClose={close} />}
      {open === "delete" && <DeleteMedia media={media} onClose={close} />}
    </>
  );
}

function DeleteMedia({ media, onClose }: { media: MediaDetail; onClose: () => void }) {
  const t = useTranslations("media.delete");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const messageOf = useFailureMessage();
  const remove = useMutation(
    trpc.media.delete.mutationOptions({
      onSuccess: async () => {
        notify.success(t("done", { name: media.name }));
        router.push(routes.mediaLibrary());
        await queryClient.invalidateQueries(trpc.media.list.pathFilter());
      },
      onError: (error) => {
        onClose();
        notify.error(messageOf(error).text);
      },
    }),
  );
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("title")}
      confirmLabel={common("delete")}
      onConfirm={() => remove.mutate({ id: media.id })}
      busy={remove.isPending}
    >
      {t("text", { name: media.name, outputs: media.renditions.length })}
    </ConfirmDialog>
  );
}
