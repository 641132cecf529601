"use client";
import { FileUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "../../../_ui/button.tsx";
import { classes } from "../../../_ui/classes.ts";
import { droppedFiles } from "../_engine/dropped-files.ts";
import { SampleButton } from "./sample-button.tsx";

interface DropZoneProps {
  onFiles: (files: readonly File[]) => void;
  size: "tall" | "low";
}

/** The frame invites, but the whole page takes what is dropped. */
export function DropZone({ onFiles, size }: DropZoneProps) {
  const t = useTranslations("upload");
  const input = useRef<HTMLInputElement>(null);
  const dragging = usePageDrop(onFiles);
  return (
    <div
      className={classes(
        "flex flex-col items-center justify-center gap-1 rounded-xl border border-dashed px-6 text-center transition-colors",
        size === "tall" ? "py-16" : "py-8",
        dragging ? "border-accent bg-accent-soft" : "border-line-strong bg-surface",
      )}
    >
      <span
        className={classes(
          "mb-3 flex size-11 items-center justify-center rounded-xl border shadow-raised",
          dragging ? "border-accent bg-accent text-accent-ink" : "border-line bg-raised text-muted",
        )}
      >
        <FileUp className="size-5" aria-hidden />
      </span>
      <p className="text-sm font-semibold">{dragging ? t("drop.release") : t("drop.title")}</p>
      <p className="max-w-md text-ui text-balance text-muted">{t("drop.hint")}</p>
      <div className="mt-4 flex flex-wrap justify-center gap-2">
        <Button variant={size === "tall" ? "primary" : "secondary"} onClick={() => input.current?.click()}>
          {t("drop.choose")}
        </Button>
        <SampleButton />
      </div>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t("drop.choose")}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // So that choosing the same file once more is a change again.
          event.target.value = "";
        }}
      />
    </div>
  );
}

/** Whether files hover over the page; gives them on when they are let go. */
function usePageDrop(onFiles: (files: readonly File[]) => void): boolean {
  const [dragging, setDragging] = useState(false);
  const latest = useRef(onFiles);
  useEffect(() => {
    latest.current = onFiles;
  });
  useEffect(() => {
    // Each element under the pointer sends its own enter and leave: the page is left when all are.
    let depth = 0;
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const enter = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth += 1;
      setDragging(true);
    };
    const leave = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth = Math.max(0, depth - 1);
      setDragging(depth > 0);
    };
    const over = (event: DragEvent) => {
      if (carriesFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      depth = 0;
      setDragging(false);
      const { dataTransfer } = event;
      if (dataTransfer === null || !carriesFiles(event)) return;
      event.preventDefault();
      void droppedFiles(dataTransfer).then((files) => latest.current(files));
    };
    const stopped = new AbortController();
    document.addEventListener("dragenter", enter, stopped);
    document.addEventListener("dragleave", leave, stopped);
    document.addEventListener("dragover", over, stopped);
    document.addEventListener("drop", drop, stopped);
    return () => stopped.abort();
  }, []);
  return dragging;
}
