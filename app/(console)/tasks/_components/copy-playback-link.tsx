"use client";
import { useMutation } from "@tanstack/react-query";
import { Link2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { IconButton } from "../../../_ui/button.tsx";
import { notify } from "../../../_ui/notify.tsx";

/** An address that plays an encrypted output in any player. It lets everybody in, so it is made only when asked for. */
export function CopyPlaybackLink({ outputId }: { outputId: string }) {
  const t = useTranslations("tasks");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const messageOf = useFailureMessage();
  const make = useMutation(
    trpc.tasks.playbackUrl.mutationOptions({
      onSuccess: async (url) => {
        const address = new URL(url, window.location.origin).href;
        try {
          await navigator.clipboard.writeText(address);
          notify.success(t("playbackLinkCopied"));
        } catch {
          // A console over plain http has no clipboard: then the address is there to be selected.
          notify.error(common("copyFailed"), { description: address });
        }
      },
      onError: (error) => notify.error(messageOf(error).text),
    }),
  );
  return (
    <IconButton
      size="sm"
      label={t("copyPlaybackLink")}
      icon={<Link2 />}
      busy={make.isPending}
      onClick={() => make.mutate({ outputId })}
    />
  );
}
