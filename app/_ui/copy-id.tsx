"use client";
import { useTranslations } from "next-intl";
import { classes } from "./classes.ts";
import { CopyMark, useCopy } from "./copy.tsx";

const SHOWN_CHARACTERS = 8;

export interface CopyIdProps {
  id: string;
  /** `short` shows the first characters; all of it is copied either way. */
  length?: "short" | "full";
  className?: string;
}

export function CopyId({ id, length = "short", className }: CopyIdProps) {
  const t = useTranslations("common");
  const { copied, copy } = useCopy(id);
  return (
    <button
      type="button"
      title={id}
      aria-label={copied ? t("copied") : t("copyId", { id })}
      onClick={(event) => {
        event.stopPropagation();
        copy();
      }}
      className={classes(
        "group/copy -mx-1 inline-flex max-w-full items-center gap-1 rounded-sm px-1 font-mono text-xs text-muted hover:bg-hover hover:text-ink",
        className,
      )}
    >
      <span className={length === "short" ? "shrink-0" : "truncate"}>
        {length === "short" ? id.slice(0, SHOWN_CHARACTERS) : id}
      </span>
      <CopyMark
        copied={copied}
        className={classes(
          "size-3 shrink-0 transition-opacity group-hover/copy:opacity-100 group-focus-visible/copy:opacity-100",
          copied ? "opacity-100" : "opacity-0 pointer-coarse:opacity-100",
        )}
      />
    </button>
  );
}
