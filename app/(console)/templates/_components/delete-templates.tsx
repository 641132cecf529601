"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { TemplateRow } from "#server/api/rows.ts";
import { useTRPC, useTRPCClient } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Button } from "../../../_ui/button.tsx";
import { ConfirmDialog, Dialog } from "../../../_ui/dialog.tsx";
import { notify } from "../../../_ui/notify.tsx";
import { keyText } from "../template-key.ts";
import { ProcedureLinks } from "./procedure-links.tsx";
import { useTemplateUses } from "./use-template-uses.ts";

type Doomed = Pick<TemplateRow, "family" | "definition" | "name">;

interface DeleteTemplatesProps {
  templates: readonly Doomed[];
  onClose: () => void;
  onDeleted: () => void;
}

/** Asks first. What a procedure uses is not deleted, and the way to whoever uses it is shown instead. */
export function DeleteTemplates({ templates, onClose, onDeleted }: DeleteTemplatesProps) {
  const t = useTranslations("templates.delete");
  const common = useTranslations("common");
  const usesOf = useTemplateUses();
  const remove = useRemove({ onClose, onDeleted });
  const used = templates.filter((one) => (usesOf(one) ?? []).length > 0);
  const [only] = templates;
  const name = only?.name ?? "";
  if (used.length > 0) {
    return (
      <Dialog
        open
        onOpenChange={onClose}
        title={t("usedTitle", { count: used.length, name: used[0]?.name ?? "" })}
        description={t("usedText")}
        footer={<Button onClick={onClose}>{common("close")}</Button>}
      >
        <ul className="flex flex-col gap-3">
          {used.map((one) => (
            <li key={keyText(one)} className="flex flex-col gap-1">
              {templates.length > 1 && <span className="text-ui font-medium">{one.name}</span>}
              <ProcedureLinks names={usesOf(one) ?? []} />
            </li>
          ))}
        </ul>
      </Dialog>
    );
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={templates.length === 1 ? t("title", { name }) : t("titleMany", { count: templates.length })}
      confirmLabel={common("delete")}
      onConfirm={() => remove.mutate(templates)}
      busy={remove.isPending}
    >
      {t("text")}
      {templates.length > 1 && (
        <ul className="mt-2 list-inside list-disc text-ink">
          {templates.map((one) => (
            <li key={keyText(one)}>{one.name}</li>
          ))}
        </ul>
      )}
    </ConfirmDialog>
  );
}

function useRemove({ onClose, onDeleted }: Omit<DeleteTemplatesProps, "templates">) {
  const t = useTranslations("templates.delete");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const messageOf = useFailureMessage();
  return useMutation({
    mutationFn: async (templates: readonly Doomed[]) => {
      for (const { family, definition } of templates) await client.templates.delete.mutate({ family, definition });
    },
    onSuccess: (_, templates) => {
      onDeleted();
      const [only] = templates;
      notify.success(
        templates.length === 1 ? t("done", { name: only?.name ?? "" }) : t("doneMany", { count: templates.length }),
      );
    },
    onError: (error) => {
      onClose();
      const { text, detail } = messageOf(error);
      // The detail is the names of the procedures in the way: somebody has just begun to use it.
      notify.error(text, { description: detail });
    },
    onSettled: () => queryClient.invalidateQueries(trpc.templates.pathFilter()),
  });
}
