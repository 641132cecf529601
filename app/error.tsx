"use client";
import { useTranslations } from "next-intl";
import { ErrorState } from "./_ui/error-state.tsx";

export default function ErrorPage({ retry }: { error: Error; retry: () => void }) {
  const t = useTranslations("common");
  return (
    <div className="flex min-h-[70dvh] items-center justify-center">
      <ErrorState title={t("somethingWrong")} text={t("somethingWrongText")} onRetry={retry} />
    </div>
  );
}
