"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ApiKeyRow } from "#server/api/rows.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Banner } from "../../../_ui/banner.tsx";
import { ConfirmDialog } from "../../../_ui/dialog.tsx";
import { notify } from "../../../_ui/notify.tsx";
import { RelativeTime } from "../../../_ui/relative-time.tsx";
import type { MadeKey } from "./secret-dialog.tsx";

export type KeyQuestion = "rotate" | "disable" | "delete";

export interface KeyDialogProps {
  item: ApiKeyRow;
  /** Null: nothing is asked. */
  question: KeyQuestion | null;
  onClose: () => void;
  onMade: (made: MadeKey) => void;
}

/** Asks before something is done to a key, and says who will notice. */
export function KeyDialog({ item, question, onClose, onMade }: KeyDialogProps) {
  const t = useTranslations("apiKeys");
  const messageOf = useFailureMessage();
  const { rotate, disable, remove } = useKeyMutations(item, onClose, onMade);
  const mutations = { rotate, disable, delete: remove };
  // While it closes it still says what it asked.
  const [asked, setAsked] = useState<KeyQuestion>("rotate");
  if (question !== null && question !== asked) setAsked(question);
  const { isPending, isError, error } = mutations[asked];
  const { id, name } = item;
  const confirm = {
    rotate: () => rotate.mutate({ id }),
    disable: () => disable.mutate({ id, enabled: false }),
    delete: () => remove.mutate({ id }),
  };
  return (
    <ConfirmDialog
      open={question !== null}
      onOpenChange={(open) => {
        if (open) return;
        onClose();
        mutations[asked].reset();
      }}
      title={t(`${asked}Title`, { name })}
      confirmLabel={t(`${asked}Confirm`)}
      variant={asked === "rotate" ? "primary" : "danger"}
      busy={isPending}
      onConfirm={confirm[asked]}
    >
      <div className="flex flex-col gap-3">
        <p>{t(`${asked}Text`)}</p>
        {asked !== "rotate" && item.enabled && (
          <p>
            {item.lastUsedAt === null
              ? t("neverUsed")
              : t.rich("lastUsed", { time: () => <RelativeTime date={item.lastUsedAt} className="font-medium" /> })}
          </p>
        )}
        {asked === "delete" && item.fromEnvironment && <Banner tone="warning">{t("deleteFromEnvironment")}</Banner>}
        <Banner tone="danger">{isError ? messageOf(error).text : null}</Banner>
      </div>
    </ConfirmDialog>
  );
}

function useKeyMutations({ name }: ApiKeyRow, onDone: () => void, onMade: (made: MadeKey) => void) {
  const t = useTranslations("apiKeys");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const done = async () => {
    onDone();
    await queryClient.invalidateQueries({ queryKey: trpc.apiKeys.list.queryKey() });
  };
  const rotate = useMutation(
    trpc.apiKeys.rotate.mutationOptions({
      onSuccess: async (made) => {
        onMade(made);
        await done();
      },
    }),
  );
  const disable = useMutation(
    trpc.apiKeys.change.mutationOptions({
      onSuccess: async () => {
        notify.success(t("disabledToast", { name }));
        await done();
      },
    }),
  );
  const remove = useMutation(
    trpc.apiKeys.remove.mutationOptions({
      onSuccess: async () => {
        notify.success(t("deletedToast", { name }));
        await done();
      },
    }),
  );
  return { rotate, disable, remove };
}
