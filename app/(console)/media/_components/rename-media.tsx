"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Button } from "../../../_ui/button.tsx";
import { Dialog } from "../../../_ui/dialog.tsx";
import { Field } from "../../../_ui/field.tsx";
import { notify } from "../../../_ui/notify.tsx";
import { TextInput } from "../../../_ui/text-input.tsx";

const NAME_MAX = 200;

export function RenameMedia({ id, name, onClose }: { id: string; name: string; onClose: () => void }) {
  const t = useTranslations("media.rename");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const messageOf = useFailureMessage();
  const [next, setNext] = useState(name);
  const rename = useMutation(
    trpc.media.rename.mutationOptions({
      onSuccess: async () => {
        onClose();
        notify.success(common("saved"));
        await queryClient.invalidateQueries(trpc.media.pathFilter());
      },
      onError: (error) => notify.error(messageOf(error).text),
    }),
  );
  const empty = next.trim() === "";
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("title")}
      size="sm"
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" form="rename-media" variant="primary" busy={rename.isPending} disabled={empty}>
            {common("save")}
          </Button>
        </>
      }
    >
      <form
        id="rename-media"
        onSubmit={(event) => {
          event.preventDefault();
          if (!empty) rename.mutate({ id, name: next });
        }}
      >
        <Field label={common("name")} hint={t("hint")} error={empty ? common("required") : undefined}>
          <TextInput value={next} onChange={setNext} maxLength={NAME_MAX} autoFocus />
        </Field>
      </form>
    </Dialog>
  );
}
