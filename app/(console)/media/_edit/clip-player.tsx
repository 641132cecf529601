"use client";
import { ChevronLeft, ChevronRight, Scissors, SkipBack, SkipForward } from "lucide-react";
import { useTranslations } from "next-intl";
import { type RefObject, useEffect, useRef, useState } from "react";
import type { MediaDetail } from "#server/api/rows.ts";
import { formatTimestamp } from "../../../_lib/format.ts";
import { Banner } from "../../../_ui/banner.tsx";
import { Button, IconButton } from "../../../_ui/button.tsx";
import { Player } from "../../../_ui/player.tsx";
import { type PlayableSource, playableSourcesOf, preferredSourceOf } from "../media-sources.ts";
import { type ClipDraft, readClip } from "./clip-draft.ts";

export interface ClipPlayerProps {
  media: MediaDetail;
  clip: ClipDraft;
  onChange: (clip: ClipDraft) => void;
  /** Where clips may be cut in two. */
  onCut?: (seconds: number) => void;
}

const FRAMES_PER_SECOND_UNKNOWN = 25;

/** Shows the media of a clip, and takes the clip's times from where it stands. */
export function ClipPlayer({ media, clip, onChange, onCut }: ClipPlayerProps) {
  const t = useTranslations("edit");
  const element = useRef<HTMLVideoElement>(null);
  const source = sourceOf(media);
  const playhead = usePlayhead(element);
  const read = readClip(clip, media.durationSeconds);
  const [start, end] = read.ok ? [read.value.startSeconds, read.value.endSeconds] : [0, media.durationSeconds];
  const frame = 1 / (media.info.video?.framesPerSecond || FRAMES_PER_SECOND_UNKNOWN);

  const playing = () => element.current?.currentTime ?? 0;
  const now = () => Math.round(1000 * playing()) / 1000;
  const goTo = (seconds: number) => {
    if (element.current === null) return;
    element.current.pause();
    element.current.currentTime = Math.min(Math.max(0, seconds), media.durationSeconds);
  };
  const setStart = () => onChange({ ...clip, start: formatTimestamp(now()) });
  const setEnd = () => onChange({ ...clip, end: formatTimestamp(now()) });
  useKeys({
    i: setStart,
    o: setEnd,
    ",": () => goTo(playing() - frame),
    ".": () => goTo(playing() + frame),
    ...(onCut && { c: () => onCut(now()) }),
  });

  if (source === undefined) return null;
  return (
    <section aria-label={media.name} className="flex min-w-0 flex-col gap-3">
      {!source.playsInBrowsers && <Banner tone="warning">{t("noPreview")}</Banner>}
      {/* Without its poster: what is seen is what the clip has there. */}
      <Player source={{ ...source.player, poster: null }} element={element} />
      <Stretch start={start} end={end} playhead={playhead} length={media.durationSeconds} />
      <div className="flex flex-wrap items-center gap-2">
        <Button onClick={setStart}>{t("setStart")}</Button>
        <Button onClick={setEnd}>{t("setEnd")}</Button>
        {onCut && (
          <Button icon={<Scissors />} onClick={() => onCut(now())}>
            {t("cutHere")}
          </Button>
        )}
        <span className="ml-auto flex items-center">
          <IconButton size="sm" label={t("goToStart")} icon={<SkipBack />} onClick={() => goTo(start)} />
          <IconButton size="sm" label={t("frameBack")} icon={<ChevronLeft />} onClick={() => goTo(playing() - frame)} />
          <output className="min-w-20 text-center text-xs text-muted tabular-nums">{formatTimestamp(playhead)}</output>
          <IconButton size="sm" label={t("frameOn")} icon={<ChevronRight />} onClick={() => goTo(playing() + frame)} />
          {/* The last frame of the clip is the one before its end. */}
          <IconButton size="sm" label={t("goToEnd")} icon={<SkipForward />} onClick={() => goTo(end - frame)} />
        </span>
      </div>
      <p className="text-xs text-faint max-sm:hidden">{t(onCut ? "keysSplit" : "keys")}</p>
    </section>
  );
}

/** What is left out, what is taken, and where the playhead stands. */
function Stretch({ start, end, playhead, length }: { start: number; end: number; playhead: number; length: number }) {
  const percent = (seconds: number) => `${Math.min(100, (100 * seconds) / length)}%`;
  return (
    <div aria-hidden className="relative h-2 overflow-hidden rounded-full bg-sunken">
      <div
        className="absolute inset-y-0 rounded-full bg-accent"
        style={{ left: percent(start), width: percent(end - start) }}
      />
      <div
        className="absolute inset-y-0 w-0.5 bg-ink"
        style={{ left: `min(calc(100% - 2px), ${percent(playhead)})` }}
      />
    </div>
  );
}

/** Only what has the source's own time line: a rendition may be a stretch of it. */
function sourceOf(media: MediaDetail): PlayableSource | undefined {
  const ofWhole = playableSourcesOf(media).filter(({ rendition }) => {
    const seconds = rendition?.output.facts.durationSeconds;
    return rendition === null || (seconds !== undefined && Math.abs(seconds - media.durationSeconds) < 0.2);
  });
  return preferredSourceOf(ofWhole);
}

/** Follows the element that plays now; it comes late, and another with every source. */
function usePlayhead(element: RefObject<HTMLVideoElement | null>): number {
  const [playhead, setPlayhead] = useState(0);
  useEffect(() => {
    let frame = 0;
    const follow = () => {
      setPlayhead(element.current?.currentTime ?? 0);
      frame = requestAnimationFrame(follow);
    };
    follow();
    return () => cancelAnimationFrame(frame);
  }, [element]);
  return playhead;
}

/** Single keys, wherever the focus is but in a field. */
function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { target } = event;
      const typing = target instanceof HTMLElement && target.closest("input, textarea, select, [role=dialog]") !== null;
      if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
      const act = current.current[event.key.toLowerCase()];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}
