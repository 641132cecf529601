"use client";
import { CircleCheck, CircleX, LoaderCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { UploadRow } from "#server/api/rows.ts";
import { routes } from "../../../_lib/routes.ts";
import { useFailureSentence } from "../../../_lib/use-failure-message.ts";
import { ButtonLink } from "../../../_ui/button.tsx";

export interface Outcome {
  icon: ReactNode;
  status: ReactNode;
  links: ReactNode;
}

/** What became of a file that has arrived. */
export function useOutcome(): (row: Pick<UploadRow, "state" | "error" | "mediaId" | "taskId">) => Outcome {
  const t = useTranslations("upload");
  const sentenceOf = useFailureSentence();
  return ({ state, error, mediaId, taskId }) => {
    switch (state) {
      case "done":
        return {
          icon: <CircleCheck className="text-success-text" aria-hidden />,
          status: taskId === null ? t("row.done") : t("row.doneWithTask"),
          links: (
            <>
              {taskId !== null && (
                <ButtonLink size="sm" href={routes.task(taskId)}>
                  {t("row.toTask")}
                </ButtonLink>
              )}
              {mediaId !== null && (
                <ButtonLink size="sm" href={routes.media(mediaId)}>
                  {t("row.toMedia")}
                </ButtonLink>
              )}
            </>
          ),
        };
      case "refused":
        return {
          icon: <CircleX className="text-danger-text" aria-hidden />,
          status: <span className="text-danger-text">{sentenceOf(error?.code ?? "INTERNAL")}</span>,
          links: null,
        };
      case "receiving":
      case "checking":
        return {
          icon: <LoaderCircle className="animate-spin text-info-text" aria-hidden />,
          status: t("row.checking"),
          links: null,
        };
    }
  };
}
