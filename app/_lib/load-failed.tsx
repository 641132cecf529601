"use client";
import { SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ERRORS } from "#domain/error.ts";
import { EmptyState } from "../_ui/empty-state.tsx";
import { ErrorState } from "../_ui/error-state.tsx";
import { failureOf } from "./failure.ts";
import { useFailureMessage } from "./use-failure-message.ts";

interface LoadFailedProps {
  error: unknown;
  onRetry: () => void;
  /** Where to go from what is not there. */
  back?: ReactNode;
}

/** In place of what could not be loaded. What does not exist is no error to try again. */
export function LoadFailed({ error, onRetry, back }: LoadFailedProps) {
  const t = useTranslations("common");
  const messageOf = useFailureMessage();
  const failure = failureOf(error);
  if (failure !== null && ERRORS[failure.code].http === 404) {
    return <EmptyState icon={<SearchX />} title={t("notFound")} text={messageOf(error).text} actions={back} />;
  }
  return <ErrorState title={t("somethingWrong")} text={messageOf(error).text} onRetry={onRetry} />;
}
