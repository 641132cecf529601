"use client";
import { Combine, Plus, Scissors } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { fieldErrorsOf } from "#domain/form.ts";
import { CLIPS_MAX, editParams } from "#domain/operations/edit/schema.ts";
import { fieldSentencesOf } from "../../../_lib/field-sentences.ts";
import { formatTimestamp, NONE } from "../../../_lib/format.ts";
import { routes } from "../../../_lib/routes.ts";
import { BackLink } from "../../../_ui/back-link.tsx";
import { Banner } from "../../../_ui/banner.tsx";
import { Button } from "../../../_ui/button.tsx";
import { Card } from "../../../_ui/card.tsx";
import { EmptyState } from "../../../_ui/empty-state.tsx";
import { PageHeader } from "../../../_ui/page-header.tsx";
import { Skeleton } from "../../../_ui/skeleton.tsx";
import { AddMedia } from "./add-media.tsx";
import { type ClipDraft, cutAt, movedClip, newClip, type ReadClip, readClip } from "./clip-draft.ts";
import { ClipPlayer } from "./clip-player.tsx";
import { ClipRow } from "./clip-row.tsx";
import { EditSettings, NEW_SETTINGS, pictureOf } from "./edit-settings.tsx";
import { isHere, useMedia } from "./use-media.ts";
import { useStartEdit } from "./use-start-edit.ts";

/** One new media of several stretches, or several of one. */
export type Purpose = "join" | "split";

/** A clip whose times make sense. */
export type GoodClip = ClipDraft & ReadClip;

export function EditPage({ purpose, mediaIds }: { purpose: Purpose; mediaIds: readonly string[] }) {
  const t = useTranslations("edit");
  const media = useTranslations("media");
  const validation = useTranslations("validation");
  const [clips, setClips] = useState<readonly ClipDraft[]>(() => firstClips(purpose, mediaIds));
  const [selectedKey, setSelectedKey] = useState(0);
  const [settings, setSettings] = useState(NEW_SETTINGS);
  const [tried, setTried] = useState(false);
  const found = useMedia(clips.map(({ mediaId }) => mediaId));
  const start = useStartEdit(purpose);

  const selected = clips.find(({ key }) => key === selectedKey) ?? clips[0];
  const shown = selected && found.get(selected.mediaId);
  const good = clips.flatMap((clip): GoodClip[] => {
    const here = found.get(clip.mediaId);
    const read = isHere(here) ? readClip(clip, here.durationSeconds) : null;
    return read?.ok ? [{ ...clip, ...read.value }] : [];
  });
  const complete = good.length === clips.length;
  const checked = editParams.safeParse({ cutMode: settings.cutMode, ...pictureOf(settings) });
  const errors = checked.success
    ? new Map<string, string>()
    : fieldSentencesOf(fieldErrorsOf(checked.error), validation);
  const obstacle = obstacleOf(clips.length, complete);

  const replace = (next: ClipDraft) => setClips(clips.map((clip) => (clip.key === next.key ? next : clip)));
  const add = (mediaId: string, after = clips.length) => {
    const clip = newClip(clips, mediaId);
    setClips([...clips.slice(0, after), clip, ...clips.slice(after)]);
    setSelectedKey(clip.key);
  };
  const submit = () => {
    setTried(true);
    if (obstacle === null && checked.success) start.begin(good, settings);
  };
  const [source] = mediaIds;

  return (
    <>
      <PageHeader
        back={
          source !== undefined && mediaIds.length === 1 ? (
            <BackLink href={routes.media(source)}>{nameOf(found.get(source)) ?? media("title")}</BackLink>
          ) : (
            <BackLink href={routes.mediaLibrary()}>{media("title")}</BackLink>
          )
        }
        title={t(`${purpose}.title`)}
        text={t(`${purpose}.text`)}
      />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-4">
          {isHere(shown) && selected !== undefined && (
            <ClipPlayer
              media={shown}
              clip={selected}
              onChange={replace}
              onCut={
                purpose === "split"
                  ? (seconds) =>
                      setClips(
                        cutAt(clips, selectedAt(good, seconds)?.key ?? selected.key, seconds, shown.durationSeconds),
                      )
                  : undefined
              }
            />
          )}
          {shown === "loading" && <Skeleton className="aspect-video w-full rounded-lg" />}
          <Card
            title={t(purpose === "join" ? "clips" : "segments")}
            actions={<Total clips={good} count={clips.length} purpose={purpose} fast={settings.cutMode === "fast"} />}
            padding="flush"
          >
            {clips.length === 0 && <EmptyState icon={<Combine />} title={t("empty.title")} text={t("empty.text")} />}
            <ol className="divide-y divide-line">
              {clips.map((clip, index) => (
                <ClipRow
                  key={clip.key}
                  clip={clip}
                  number={index + 1}
                  count={clips.length}
                  as={purpose === "join" ? "clip" : "part"}
                  media={found.get(clip.mediaId)}
                  selected={clip === selected}
                  onSelect={() => setSelectedKey(clip.key)}
                  onChange={replace}
                  onMove={(by) => setClips(movedClip(clips, clip.key, by))}
                  onDuplicate={() => add(clip.mediaId, index + 1)}
                  onRemove={() => setClips(clips.filter(({ key }) => key !== clip.key))}
                />
              ))}
            </ol>
            <div className="border-t border-line p-3 empty:hidden">
              {purpose === "join" && clips.length < CLIPS_MAX && (
                <AddMedia onAdd={(id) => add(id)} className="max-w-sm" />
              )}
              {purpose === "split" && source !== undefined && clips.length < CLIPS_MAX && (
                <Button icon={<Plus />} onClick={() => add(source)}>
                  {t("addSegment")}
                </Button>
              )}
            </div>
          </Card>
        </div>
        <Card title={t("settings")} className="xl:sticky xl:top-4">
          <form
            noValidate
            className="flex flex-col gap-4"
            onSubmit={(event) => {
              event.preventDefault();
              submit();
            }}
          >
            <EditSettings
              purpose={purpose}
              settings={settings}
              onChange={setSettings}
              errors={{ ...Object.fromEntries(errors), ...start.failure?.fields }}
            />
            <Banner tone="danger">
              {tried && obstacle !== null
                ? t(obstacle, { maximum: CLIPS_MAX })
                : start.failure && [start.failure.text, start.failure.detail].filter(Boolean).join(" ")}
            </Banner>
            <Button
              type="submit"
              variant="primary"
              busy={start.busy}
              icon={purpose === "join" ? <Combine /> : <Scissors />}
            >
              {t(`${purpose}.submit`)}
            </Button>
          </form>
        </Card>
      </div>
    </>
  );
}

function firstClips(purpose: Purpose, mediaIds: readonly string[]): ClipDraft[] {
  const wanted = purpose === "join" ? mediaIds.slice(0, CLIPS_MAX) : mediaIds.slice(0, 1);
  return wanted.map((mediaId, key) => ({ ...newClip([], mediaId), key }));
}

/** The part that a moment lies in. */
function selectedAt(clips: readonly GoodClip[], seconds: number): GoodClip | undefined {
  return clips.find(({ startSeconds, endSeconds }) => startSeconds < seconds && seconds < endSeconds);
}

function obstacleOf(count: number, complete: boolean): "errors.empty" | "errors.tooMany" | "fix" | null {
  if (count === 0) return "errors.empty";
  if (count > CLIPS_MAX) return "errors.tooMany";
  return complete ? null : "fix";
}

function nameOf(found: ReturnType<ReturnType<typeof useMedia>["get"]>): string | null {
  return isHere(found) ? found.name : null;
}

interface TotalProps {
  clips: readonly GoodClip[];
  count: number;
  purpose: Purpose;
  fast: boolean;
}

/** How long the result will be. */
function Total({ clips, count, purpose, fast }: TotalProps) {
  const t = useTranslations("edit");
  const seconds = clips.reduce((sum, { startSeconds, endSeconds }) => sum + endSeconds - startSeconds, 0);
  const duration = formatTimestamp(Math.round(1000 * seconds) / 1000);
  const length = clips.length < count || count === 0 ? NONE : fast ? t("fastLength", { duration }) : duration;
  return (
    <p className="text-ui text-muted tabular-nums" role="status">
      {purpose === "split" && <>{t("parts", { count })} · </>}
      {t("expected")} <span className="font-medium text-ink">{length}</span>
    </p>
  );
}
