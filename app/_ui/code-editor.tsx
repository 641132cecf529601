"use client";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { classes } from "./classes.ts";
import { Skeleton } from "./skeleton.tsx";

/** One thing to say of a place in the text, which counts from 1 as editors do. */
export interface CodeDiagnostic {
  line: number;
  column: number;
  message: string;
}

export interface CodeEditorProps {
  value: string;
  /** Without it the text is to be read and copied only. */
  onChange?: (value: string) => void;
  language: "json" | "lua";
  diagnostics?: readonly CodeDiagnostic[];
  label: string;
  className?: string;
}

/** The editor itself is a tenth of a megabyte of script, which only pages with code on them load. */
const CodeArea = dynamic(() => import("./code-area.tsx").then((module) => module.CodeArea), {
  ssr: false,
  loading: () => <Skeleton className="h-80" />,
});

/** A text in a language of machines: coloured, its faults marked where they are, each also listed below for everyone. */
export function CodeEditor({ className, ...props }: CodeEditorProps) {
  const t = useTranslations("common.code");
  const hintId = useId();
  const { diagnostics = [], onChange } = props;
  return (
    <div className={classes("flex min-w-0 flex-col gap-2", className)}>
      <CodeArea {...props} describedBy={hintId} />
      {onChange !== undefined && (
        <p id={hintId} className="text-xs text-muted">
          {t("leave")}
        </p>
      )}
      <ul role="status" className="flex flex-col gap-0.5 text-xs text-danger-text empty:hidden">
        {diagnostics.map(({ line, column, message }) => (
          <li key={`${line} ${column} ${message}`}>
            <span className="font-mono tabular-nums">{t("place", { line, column })}</span> {message}
          </li>
        ))}
      </ul>
    </div>
  );
}
