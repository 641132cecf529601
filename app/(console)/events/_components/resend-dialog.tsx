"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { ConfirmDialog } from "../../../_ui/dialog.tsx";
import { notify } from "../../../_ui/notify.tsx";
import { Skeleton } from "../../../_ui/skeleton.tsx";
import type { toListInput } from "../_filters/event-filters.ts";

/** Says how many would go out again before they do. */
export function ResendDialog({ filter, onClose }: { filter: ReturnType<typeof toListInput>; onClose: () => void }) {
  const t = useTranslations("events.resend");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const messageOf = useFailureMessage();
  const counted = useQuery(trpc.events.countResend.queryOptions(filter, { gcTime: 0 }));
  const resend = useMutation(
    trpc.events.resendMatching.mutationOptions({
      onSuccess: async ({ count }) => {
        onClose();
        notify.success(t("done", { count }));
        await queries.invalidateQueries(trpc.events.list.infiniteQueryFilter());
      },
      onError: (error) => notify.error(messageOf(error).text),
    }),
  );
  const { count = 0, max = 0 } = counted.data ?? {};
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("matching")}
      confirmLabel={t("confirm", { count })}
      variant="primary"
      busy={resend.isPending || counted.isPending}
      onConfirm={() => resend.mutate(filter)}
    >
      {counted.isPending && <Skeleton className="h-4 w-48" />}
      {counted.isError && <p>{messageOf(counted.error).text}</p>}
      {counted.isSuccess && (
        <>
          <p>{t("question", { count })}</p>
          {count === max && <p className="mt-2">{t("most", { max })}</p>}
          <p className="mt-2">{t("sameId")}</p>
        </>
      )}
    </ConfirmDialog>
  );
}
