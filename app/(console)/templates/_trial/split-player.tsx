"use client";
import { Pause, Play, StepBack, StepForward, Volume2, VolumeX, ZoomIn, ZoomOut } from "lucide-react";
import { useTranslations } from "next-intl";
import {
  type KeyboardEvent,
  type PointerEvent,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from "react";
import type { TrialRow } from "#server/api/rows.ts";
import { formatTimestamp } from "../../../_lib/format.ts";
import { IconButton } from "../../../_ui/button.tsx";
import { clampView, drawPair, type View } from "./draw-pair.ts";

type Film = Extract<NonNullable<TrialRow["result"]>["shown"], { kind: "film" }>;

export interface SplitPlayerHandle {
  /** Stops at that second. */
  show: (seconds: number) => void;
}

interface SplitPlayerProps {
  film: Film;
  /** One film of both, the original above: so they cannot come apart in time. */
  url: string;
  ref?: Ref<SplitPlayerHandle>;
}

const WHOLE: View = { zoom: 1, x: 0.5, y: 0.5 };
const ZOOM_MAX = 8;
const PAN_STEP = 0.05;

/** Original and result under one divider: the same frame on both sides, at any speed and size. */
export function SplitPlayer({ film, url, ref }: SplitPlayerProps) {
  const t = useTranslations("trial.player");
  const { widthPx, heightPx, framesPerSecond } = film;
  const video = useRef<HTMLVideoElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [divider, setDivider] = useState(50);
  const [view, setView] = useState(WHOLE);
  const [playing, setPlaying] = useState(false);
  const [muted, setMuted] = useState(true);
  const [seconds, setSeconds] = useState(0);
  const [length, setLength] = useState(0);
  const [broken, setBroken] = useState(false);

  const draw = useCallback(() => {
    if (video.current !== null && canvas.current !== null)
      drawPair(canvas.current, video.current, { widthPx, heightPx, divider: divider / 100, view });
  }, [widthPx, heightPx, divider, view]);
  useEffect(draw, [draw]);
  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    let handle = 0;
    const onFrame = () => {
      draw();
      setSeconds(element.currentTime);
      handle = element.requestVideoFrameCallback(onFrame);
    };
    handle = element.requestVideoFrameCallback(onFrame);
    return () => element.cancelVideoFrameCallback(handle);
  }, [draw]);

  const goTo = useCallback((target: number) => {
    const element = video.current;
    if (element === null) return;
    element.pause();
    element.currentTime = Math.max(0, target);
  }, []);
  useImperativeHandle(ref, () => ({
    show: (target) => {
      // The middle of a frame's time, which no rounding moves to another.
      goTo(target + 0.5 / framesPerSecond);
      canvas.current?.scrollIntoView({ block: "nearest" });
    },
  }));
  const step = (frames: number) => {
    const frame = Math.floor((video.current?.currentTime ?? 0) * framesPerSecond + 0.001) + frames;
    const last = Math.max(0, Math.round(length * framesPerSecond) - 1);
    goTo((Math.min(last, Math.max(0, frame)) + 0.5) / framesPerSecond);
  };
  const toggle = () => {
    const element = video.current;
    if (element?.paused) void element.play().catch(() => setBroken(true));
    else element?.pause();
  };
  const zoomBy = (factor: number) =>
    setView((now) => clampView({ ...now, zoom: Math.min(ZOOM_MAX, Math.max(1, now.zoom * factor)) }));
  const pan = (x: number, y: number) => setView((now) => clampView({ ...now, x: now.x + x, y: now.y + y }));

  function onKey(event: KeyboardEvent): void {
    if (event.target instanceof HTMLInputElement) return;
    const keys: Record<string, () => void> = {
      " ": toggle,
      k: toggle,
      ",": () => step(-1),
      ".": () => step(1),
      "+": () => zoomBy(2),
      "=": () => zoomBy(2),
      "-": () => zoomBy(0.5),
      "0": () => setView(WHOLE),
      m: () => setMuted(!muted),
      ...(event.target === event.currentTarget && {
        ArrowLeft: () => (view.zoom > 1 ? pan(-PAN_STEP, 0) : setDivider(Math.max(0, divider - 2))),
        ArrowRight: () => (view.zoom > 1 ? pan(PAN_STEP, 0) : setDivider(Math.min(100, divider + 2))),
        ArrowUp: () => pan(0, -PAN_STEP),
        ArrowDown: () => pan(0, PAN_STEP),
      }),
    };
    const act = keys[event.key];
    // A button that has the focus is pressed by the space bar itself.
    if (act === undefined || (event.key === " " && event.target instanceof HTMLButtonElement)) return;
    event.preventDefault();
    act();
  }

  const drag = useDrag(canvas, view, { onDivider: setDivider, onPan: pan });
  return (
    <figure className="flex flex-col gap-2">
      {/* Keys of its own, as players have: they play, step, enlarge and move. */}
      <div
        role="application"
        aria-label={t("label")}
        aria-describedby="split-player-keys"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what has keys must be reachable by keyboard.
        tabIndex={0}
        onKeyDown={onKey}
        className="overflow-hidden rounded-lg border border-line bg-black"
      >
        <video
          ref={video}
          src={url}
          loop
          playsInline
          muted={muted}
          preload="auto"
          className="hidden"
          onLoadedMetadata={(event) => setLength(event.currentTarget.duration)}
          onLoadedData={draw}
          onSeeked={draw}
          onPlay={() => setPlaying(true)}
          onPause={() => setPlaying(false)}
          onError={() => setBroken(true)}
        />
        <div className="relative touch-pan-y select-none" {...drag}>
          <canvas
            ref={canvas}
            width={widthPx}
            height={heightPx}
            role="img"
            aria-label={t("picture")}
            className="mx-auto block max-h-[70vh] max-w-full"
          />
          <span className="pointer-events-none absolute top-2 left-2 rounded bg-black/65 px-1.5 py-0.5 text-xs text-white">
            {t("original")}
          </span>
          <span className="pointer-events-none absolute top-2 right-2 rounded bg-black/65 px-1.5 py-0.5 text-xs text-white">
            {t("result")}
          </span>
        </div>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 bg-surface px-2 py-1.5">
          <span className="flex items-center gap-0.5">
            <IconButton size="sm" label={t("back")} icon={<StepBack />} onClick={() => step(-1)} />
            <IconButton
              size="sm"
              label={t(playing ? "pause" : "play")}
              icon={playing ? <Pause /> : <Play />}
              onClick={toggle}
            />
            <IconButton size="sm" label={t("forward")} icon={<StepForward />} onClick={() => step(1)} />
          </span>
          <input
            type="range"
            aria-label={t("time")}
            aria-valuetext={formatTimestamp(Math.round(seconds * 1000) / 1000)}
            min={0}
            max={length || 1}
            step={1 / framesPerSecond}
            value={seconds}
            onChange={(event) => goTo(Number(event.target.value))}
            className="min-w-24 flex-1 accent-accent"
          />
          <span className="font-mono text-xs text-muted tabular-nums">
            {formatTimestamp(Math.round(seconds * 100) / 100)}
          </span>
          <label className="flex items-center gap-1.5 text-xs text-muted">
            {t("divider")}
            <input
              type="range"
              min={0}
              max={100}
              value={divider}
              aria-valuetext={t("dividerAt", { percent: Math.round(divider) })}
              onChange={(event) => setDivider(Number(event.target.value))}
              className="w-24 accent-accent"
            />
          </label>
          <span className="flex items-center gap-0.5">
            <IconButton
              size="sm"
              label={t("zoomOut")}
              icon={<ZoomOut />}
              disabled={view.zoom <= 1}
              onClick={() => zoomBy(0.5)}
            />
            <span className="w-8 text-center text-xs text-muted tabular-nums">{view.zoom}×</span>
            <IconButton
              size="sm"
              label={t("zoomIn")}
              icon={<ZoomIn />}
              disabled={view.zoom >= ZOOM_MAX}
              onClick={() => zoomBy(2)}
            />
            <IconButton
              size="sm"
              label={t(muted ? "unmute" : "mute")}
              icon={muted ? <VolumeX /> : <Volume2 />}
              onClick={() => setMuted(!muted)}
            />
          </span>
        </div>
      </div>
      <figcaption id="split-player-keys" className="text-xs text-muted">
        {broken ? t("broken") : t("keys")}
      </figcaption>
    </figure>
  );
}

/** Dragging moves the divider; in an enlarged picture it moves the picture, unless the divider itself is taken. */
function useDrag(
  canvas: { current: HTMLCanvasElement | null },
  { zoom }: View,
  { onDivider, onPan }: { onDivider: (percent: number) => void; onPan: (x: number, y: number) => void },
) {
  const dragging = useRef<"divider" | "picture" | null>(null);
  const last = useRef({ x: 0, y: 0 });
  const place = (event: PointerEvent) => {
    const box = canvas.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return null;
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
  };
  const toPercent = (x: number) => onDivider(Math.round(1000 * Math.min(1, Math.max(0, x))) / 10);
  return {
    onPointerDown: (event: PointerEvent) => {
      const at = place(event);
      if (at === null || event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      dragging.current = zoom > 1 && !event.shiftKey ? "picture" : "divider";
      last.current = at;
      if (dragging.current === "divider") toPercent(at.x);
    },
    onPointerMove: (event: PointerEvent) => {
      const at = place(event);
      if (at === null || dragging.current === null) return;
      if (dragging.current === "divider") toPercent(at.x);
      else onPan((last.current.x - at.x) / zoom, (last.current.y - at.y) / zoom);
      last.current = at;
    },
    onPointerUp: () => {
      dragging.current = null;
    },
    onPointerCancel: () => {
      dragging.current = null;
    },
  };
}
