"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { TemplateRow } from "#server/api/rows.ts";
import { failureOf } from "../../../_lib/failure.ts";
import { routes } from "../../../_lib/routes.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Button } from "../../../_ui/button.tsx";
import { ConfirmDialog } from "../../../_ui/dialog.tsx";
import { notify } from "../../../_ui/notify.tsx";

export function DeleteTemplate({ template }: { template: Pick<TemplateRow, "family" | "definition" | "name"> }) {
  const t = useTranslations("templates");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const messageOf = useFailureMessage();
  const [asking, setAsking] = useState(false);
  const { family, definition, name } = template;
  const remove = useMutation(
    trpc.templates.delete.mutationOptions({
      onSuccess: async () => {
        router.push(routes.templates());
        notify.success(t("delete.done", { name }));
        await queryClient.invalidateQueries(trpc.templates.list.pathFilter());
      },
      onError: (error) => {
        setAsking(false);
        const failure = failureOf(error);
        notify.error(messageOf(error).text, {
          // The detail is the names of the procedures in the way.
          description: failure?.code === "TEMPLATE_IN_USE" ? failure.detail : undefined,
        });
      },
    }),
  );
  return (
    <>
      <Button variant="danger" icon={<Trash2 />} onClick={() => setAsking(true)}>
        {common("delete")}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("delete.title", { name })}
        confirmLabel={common("delete")}
        onConfirm={() => remove.mutate({ family, definition })}
        busy={remove.isPending}
      >
        {t("delete.text")}
      </ConfirmDialog>
    </>
  );
}
