"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { z } from "zod";
import { type EditParams, editParams } from "#domain/operations/edit/schema.ts";
import type { SubtaskDetail } from "#server/api/rows.ts";
import { SchemaFacts } from "../../../_forms/schema-facts.tsx";
import { formatTimestamp } from "../../../_lib/format.ts";
import { routes } from "../../../_lib/routes.ts";

const { clips: _, ...others } = editParams.shape;
const WITHOUT_CLIPS = z.strictObject(others);

/** What was joined, by the names of the media, and how. */
export function EditFacts({ params: { clips, ...params }, subtask }: { params: EditParams; subtask: SubtaskDetail }) {
  const t = useTranslations("edit");
  const nameOf = (id: string) => subtask.inputs.find((input) => input.id === id)?.name ?? subtask.media.name;
  return (
    <div className="flex flex-col gap-5">
      <ol className="flex flex-col gap-1 text-ui">
        {clips.map(({ mediaId, startOffsetSeconds, endOffsetSeconds }, index) => {
          const id = mediaId ?? subtask.media.id;
          return (
            <li key={index} className="flex flex-wrap items-baseline gap-x-3">
              <span className="w-5 text-right text-xs text-faint">{index + 1}</span>
              <Link href={routes.media(id)} className="min-w-0 truncate font-medium hover:underline">
                {nameOf(id)}
              </Link>
              <span className="text-muted tabular-nums">
                {startOffsetSeconds === 0 ? t("startPlaceholder") : timeText(startOffsetSeconds)}
                {" – "}
                {endOffsetSeconds === 0 ? t("endPlaceholder") : timeText(endOffsetSeconds)}
              </span>
            </li>
          );
        })}
      </ol>
      <SchemaFacts schema={WITHOUT_CLIPS} value={params} />
    </div>
  );
}

/** Negative times count from the end. */
function timeText(seconds: number): string {
  return seconds < 0 ? `−${formatTimestamp(-seconds)}` : formatTimestamp(seconds);
}
