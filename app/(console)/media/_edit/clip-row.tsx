"use client";
import { ArrowDown, ArrowUp, CopyPlus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useRef } from "react";
import { formatDuration, formatTimestamp, NONE } from "../../../_lib/format.ts";
import { IconButton } from "../../../_ui/button.tsx";
import { classes } from "../../../_ui/classes.ts";
import { Field } from "../../../_ui/field.tsx";
import { TextInput } from "../../../_ui/text-input.tsx";
import { MediaThumbnail } from "../../tasks/_components/media-thumbnail.tsx";
import { type ClipDraft, readClip } from "./clip-draft.ts";
import { type Found, isHere } from "./use-media.ts";

export interface ClipRowProps {
  clip: ClipDraft;
  number: number;
  count: number;
  /** Parts have names and no order; clips have an order and no names. */
  as: "clip" | "part";
  media: Found | undefined;
  selected: boolean;
  onSelect: () => void;
  onChange: (clip: ClipDraft) => void;
  onMove: (by: -1 | 1) => void;
  onDuplicate: () => void;
  onRemove: () => void;
}

/** One stretch of a media: from when to when. Alt and an arrow key move it. */
export function ClipRow(props: ClipRowProps) {
  const { clip, number, count, as, media, selected, onSelect, onChange, onMove, onDuplicate, onRemove } = props;
  const t = useTranslations("edit");
  const common = useTranslations("common");
  const item = useRef<HTMLLIElement>(null);
  const here = isHere(media) ? media : null;
  const read = here === null ? null : readClip(clip, here.durationSeconds);
  const errors = read === null || read.ok ? {} : read.failure;
  const name = here?.name ?? t(media === "gone" ? "gone" : "loading");

  function move(by: -1 | 1): void {
    onMove(by);
    // The focus goes along; at the end of the list its button is disabled, and the one beside it takes over.
    requestAnimationFrame(() => {
      const buttons = [...(item.current?.querySelectorAll<HTMLButtonElement>("[data-move]") ?? [])];
      const wanted = buttons.find((button) => button.dataset.move === String(by));
      (wanted?.disabled ? buttons.find((button) => !button.disabled) : wanted)?.focus();
    });
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (as === "part" || !event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    move(event.key === "ArrowUp" ? -1 : 1);
  }
  return (
    <li
      ref={item}
      onKeyDown={onKeyDown}
      aria-label={t("clip", { number, name })}
      aria-current={selected || undefined}
      className={classes(
        "flex flex-wrap items-start gap-x-3 gap-y-2 border-l-2 px-3 py-3",
        selected ? "border-l-accent bg-hover" : "border-l-transparent",
      )}
    >
      <div className="flex min-w-0 flex-1 basis-60 items-center gap-2.5">
        <button
          type="button"
          aria-label={t("select", { number })}
          aria-pressed={selected}
          onClick={onSelect}
          className="shrink-0 rounded-sm"
        >
          <MediaThumbnail kind={here?.kind ?? "video"} url={here?.thumbnailUrl ?? null} className="w-20!" />
        </button>
        <div className="min-w-0 flex-1">
          <p className={classes("truncate text-ui font-medium", media === "gone" && "text-danger-text")} title={name}>
            <span className="mr-1.5 text-xs font-normal text-faint">{number}</span>
            {name}
          </p>
          <p className="text-xs text-muted tabular-nums">
            {read?.ok ? formatTimestamp(Math.round(1000 * lengthOf(read.value)) / 1000) : NONE}
            {here !== null && <span className="text-faint"> / {formatDuration(here.durationSeconds)}</span>}
          </p>
        </div>
      </div>
      <div className="grid flex-1 basis-56 grid-cols-2 gap-2">
        <Field
          label={<span className="sr-only">{t("start")}</span>}
          error={errors.start && t(`errors.${errors.start}`)}
        >
          <TextInput
            value={clip.start}
            onChange={(start) => onChange({ ...clip, start })}
            placeholder={t("startPlaceholder")}
            inputMode="decimal"
            autoComplete="off"
            onFocus={onSelect}
          />
        </Field>
        <Field label={<span className="sr-only">{t("end")}</span>} error={errors.end && t(`errors.${errors.end}`)}>
          <TextInput
            value={clip.end}
            onChange={(end) => onChange({ ...clip, end })}
            placeholder={t("endPlaceholder")}
            inputMode="decimal"
            autoComplete="off"
            onFocus={onSelect}
          />
        </Field>
        {as === "part" && (
          <Field label={<span className="sr-only">{t("resultName")}</span>} className="col-span-2">
            <TextInput
              value={clip.name}
              onChange={(next) => onChange({ ...clip, name: next })}
              placeholder={t("resultName")}
              maxLength={200}
            />
          </Field>
        )}
      </div>
      <div className="flex items-center pt-2 max-sm:ml-auto max-sm:pt-0">
        {as === "clip" && (
          <>
            <IconButton
              size="sm"
              label={t("moveUp", { number })}
              icon={<ArrowUp />}
              disabled={number === 1}
              data-move={-1}
              onClick={() => move(-1)}
            />
            <IconButton
              size="sm"
              label={t("moveDown", { number })}
              icon={<ArrowDown />}
              disabled={number === count}
              data-move={1}
              onClick={() => move(1)}
            />
            <IconButton size="sm" label={t("duplicate")} icon={<CopyPlus />} onClick={onDuplicate} />
          </>
        )}
        <IconButton size="sm" label={common("remove")} icon={<X />} onClick={onRemove} />
      </div>
    </li>
  );
}

function lengthOf({ startSeconds, endSeconds }: { startSeconds: number; endSeconds: number }): number {
  return endSeconds - startSeconds;
}
