"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Clapperboard } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Button } from "../../../_ui/button.tsx";
import { notify } from "../../../_ui/notify.tsx";

/** Something to try everything with, for who has no video at hand. */
export function SampleButton() {
  const t = useTranslations("upload");
  const messageOf = useFailureMessage();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const makeSample = useMutation(
    trpc.media.makeSample.mutationOptions({
      onSuccess: () => {
        notify.success(t("sample.started"), { description: t("sample.startedText") });
        return queryClient.invalidateQueries(trpc.uploads.list.pathFilter());
      },
      onError: (error) => notify.error(messageOf(error).text),
    }),
  );
  return (
    <Button icon={<Clapperboard />} busy={makeSample.isPending} onClick={() => makeSample.mutate()}>
      {t("sample.make")}
    </Button>
  );
}
