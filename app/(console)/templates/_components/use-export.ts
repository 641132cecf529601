"use client";
import { writeTemplateDocument } from "#domain/template-document.ts";
import type { TemplateRow } from "#server/api/rows.ts";
import { saveFile } from "../../../_lib/save-file.ts";
import { useComment } from "../../../_lib/use-comment.ts";

/** A preset takes its comment along in words: its key means nothing elsewhere. */
export function useTemplateDocument(): (templates: readonly TemplateRow[]) => string {
  const commentOf = useComment();
  return (templates) =>
    writeTemplateDocument(templates.map((template) => ({ ...template, comment: commentOf(template) })));
}

/** Templates as a file to keep, to send, to import elsewhere. */
export function useExport(): (templates: readonly TemplateRow[]) => void {
  const documentOf = useTemplateDocument();
  return (templates) => {
    const [only] = templates;
    const name = templates.length === 1 && only !== undefined ? fileName(only.name) : "templates";
    saveFile(`${name}.json`, documentOf(templates), "application/json");
  };
}

function fileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[-.]+|[-.]+$/g, "") || "template";
}
