"use client";
import { useTranslations } from "next-intl";
import { Button } from "./button.tsx";
import type { ControlSize } from "./classes.ts";
import { CopyMark, useCopy } from "./copy.tsx";

/** A button that copies a text which is shown elsewhere, or too long to show. */
export function CopyText({ text, label, size = "sm" }: { text: string; label?: string; size?: ControlSize }) {
  const t = useTranslations("common");
  const { copied, copy } = useCopy(text);
  return (
    <Button variant="ghost" size={size} icon={<CopyMark copied={copied} />} onClick={copy}>
      {copied ? t("copied") : (label ?? t("copy"))}
    </Button>
  );
}
