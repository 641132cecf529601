"use client";
import { Pencil } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import type { MediaDetail } from "#server/api/rows.ts";
import { formatDuration, NONE } from "../../../_lib/format.ts";
import { useMay } from "../../../_lib/me.tsx";
import { routes } from "../../../_lib/routes.ts";
import { IconButton } from "../../../_ui/button.tsx";
import { Card } from "../../../_ui/card.tsx";
import { FactList } from "../../../_ui/fact-list.tsx";
import { paramOfTags } from "../tag-param.ts";
import { EditAbout } from "./edit-about.tsx";
import { categoryLabel } from "./use-categories.ts";

const CHIP =
  "inline-flex h-5 max-w-full items-center rounded-full bg-neutral-soft px-2 text-xs font-medium text-muted hover:text-ink";

/** What people say of the media. */
export function MediaAbout({ media }: { media: MediaDetail }) {
  const t = useTranslations("media.about");
  const format = useFormatter();
  const mayEdit = useMay("operator");
  const [editing, setEditing] = useState(false);
  const { description, tags, categoryId, categoryPath, expiresAt, keyMoments } = media;
  const expires =
    expiresAt === null ? t("never") : format.dateTime(expiresAt, { dateStyle: "medium", timeStyle: "short" });
  const category =
    categoryId === null ? (
      NONE
    ) : (
      <Link href={routes.mediaLibrary({ category: String(categoryId) })} className="hover:underline">
        {categoryLabel(categoryPath)}
      </Link>
    );
  return (
    <Card
      title={t("title")}
      actions={mayEdit && <IconButton size="sm" label={t("edit")} icon={<Pencil />} onClick={() => setEditing(true)} />}
    >
      {description !== "" && <p className="mb-3 text-ui break-words">{description}</p>}
      <FactList
        facts={[
          { label: t("category"), value: category },
          { label: t("expires"), value: expires },
        ]}
        className="max-sm:grid-cols-2! xl:grid-cols-2!"
      />
      {tags.length > 0 && (
        <ul aria-label={t("tags")} className="mt-3 flex flex-wrap gap-1.5">
          {tags.map((tag) => (
            <li key={tag} className="max-w-full">
              <Link href={routes.mediaLibrary({ tag: paramOfTags([tag]) })} className={CHIP}>
                <span className="truncate">{tag}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {keyMoments.length > 0 && (
        <section className="mt-4 border-t border-line pt-3">
          <h3 className="mb-1.5 text-xs text-muted">{t("moments")}</h3>
          <ol className="max-h-48 space-y-1 overflow-y-auto text-ui">
            {keyMoments.map(({ atSeconds, text }) => (
              <li key={atSeconds} className="flex gap-2">
                <span className="shrink-0 text-muted tabular-nums">{formatDuration(atSeconds)}</span>
                <span className="min-w-0 break-words">{text}</span>
              </li>
            ))}
          </ol>
        </section>
      )}
      {editing && <EditAbout media={media} onClose={() => setEditing(false)} />}
    </Card>
  );
}
