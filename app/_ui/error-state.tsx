"use client";
import { RotateCw, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";

export interface ErrorStateProps {
  title: ReactNode;
  text?: ReactNode;
  onRetry?: () => void;
}

export function ErrorState({ title, text, onRetry }: ErrorStateProps) {
  const t = useTranslations("common");
  return (
    <div role="alert" className="flex flex-col items-center px-6 py-14 text-center">
      <span className="flex size-11 items-center justify-center rounded-xl bg-danger-soft text-danger-text">
        <TriangleAlert className="size-5" aria-hidden />
      </span>
      <h2 className="mt-4 text-sm font-semibold">{title}</h2>
      {text !== undefined && <p className="mt-1 max-w-md text-ui text-balance text-muted">{text}</p>}
      {onRetry !== undefined && (
        <Button className="mt-5" icon={<RotateCw />} onClick={onRetry}>
          {t("retry")}
        </Button>
      )}
    </div>
  );
}
