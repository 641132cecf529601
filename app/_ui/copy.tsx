"use client";
import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { notify } from "./notify.tsx";

const SHOWN_MS = 1_600;

/** `copied` says so for a moment after the clipboard took it. */
export function useCopy(text: string): { copied: boolean; copy: () => void } {
  const t = useTranslations("common");
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  // Browsers offer the clipboard to secure pages only, and a self-hosted console may be plain http.
  const write = () => navigator.clipboard?.writeText(text) ?? Promise.reject(new Error("No clipboard."));
  return {
    copied,
    copy: () =>
      void write().then(
        () => setCopied(true),
        () => notify.error(t("copyFailed")),
      ),
  };
}

export function CopyMark({ copied, className }: { copied: boolean; className?: string }) {
  return copied ? (
    <Check className={`${className} text-success-text`} aria-hidden />
  ) : (
    <Copy className={className} aria-hidden />
  );
}
