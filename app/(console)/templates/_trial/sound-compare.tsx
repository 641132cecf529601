"use client";
import { Pause, Play } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { TrialRow } from "#server/api/rows.ts";
import { formatTimestamp } from "../../../_lib/format.ts";
import { Button } from "../../../_ui/button.tsx";
import { classes } from "../../../_ui/classes.ts";
import { Segmented } from "../../../_ui/segmented.tsx";

type Sound = Extract<NonNullable<TrialRow["result"]>["shown"], { kind: "sound" }>;
type Side = "original" | "result";

/** Both play at once and one is heard, so that changing sides changes nothing but what is to be judged. */
export function SoundCompare({ sound, urls }: { sound: Sound; urls: TrialRow["urls"] }) {
  const t = useTranslations("trial.player");
  const [side, setSide] = useState<Side>("original");
  const [playing, setPlaying] = useState(false);
  const [seconds, setSeconds] = useState(0);
  const [length, setLength] = useState(0);
  const original = useRef<HTMLAudioElement>(null);
  const made = useRef<HTMLAudioElement>(null);
  const both = () => [original.current, made.current].filter((element) => element !== null);
  const toggle = async () => {
    const [first, second] = both();
    if (first === undefined || second === undefined) return;
    if (!first.paused) {
      for (const element of both()) element.pause();
      return;
    }
    second.currentTime = first.currentTime;
    await Promise.all(both().map((element) => element.play())).catch(() => undefined);
  };
  const goTo = (target: number) => {
    for (const element of both()) element.currentTime = target;
    setSeconds(target);
  };
  const share = length > 0 ? seconds / length : 0;
  const sides = [
    { side: "original" as const, ref: original, name: sound.originalName, peaks: sound.originalPeaks },
    { side: "result" as const, ref: made, name: sound.madeName, peaks: sound.madePeaks },
  ];
  return (
    <div className="flex flex-col gap-3 rounded-lg border border-line p-3">
      <div className="flex flex-wrap items-center gap-3">
        <Button icon={playing ? <Pause /> : <Play />} onClick={() => void toggle()}>
          {t(playing ? "pause" : "play")}
        </Button>
        <Segmented
          label={t("heard")}
          value={side}
          onChange={setSide}
          options={sides.map(({ side: value }) => ({ value, label: t(value) }))}
        />
        <input
          type="range"
          aria-label={t("time")}
          aria-valuetext={formatTimestamp(Math.round(seconds * 100) / 100)}
          min={0}
          max={length || 1}
          step={0.01}
          value={seconds}
          onChange={(event) => goTo(Number(event.target.value))}
          className="min-w-24 flex-1 accent-accent"
        />
        <span className="font-mono text-xs text-muted tabular-nums">
          {formatTimestamp(Math.round(seconds * 100) / 100)}
        </span>
      </div>
      {sides.map(({ side: own, ref, name, peaks }) => (
        <div key={own} className={classes("transition-opacity", side === own ? "" : "opacity-45")}>
          <span className="text-xs text-muted">{t(own)}</span>
          <Waveform peaks={peaks} share={share} label={t("waveform", { side: t(own) })} />
          <audio
            ref={ref}
            src={urls[name]}
            preload="auto"
            muted={side !== own}
            {...(own === "original" && {
              onLoadedMetadata: () => setLength(original.current?.duration ?? 0),
              onTimeUpdate: () => setSeconds(original.current?.currentTime ?? 0),
              onPlay: () => setPlaying(true),
              onPause: () => setPlaying(false),
            })}
          />
        </div>
      ))}
    </div>
  );
}

function Waveform({ peaks, share, label }: { peaks: readonly number[]; share: number; label: string }) {
  const path = peaks.map((peak, bin) => `M${bin + 0.5} ${32 - 31 * peak}V${32 + 31 * peak}`).join("");
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${Math.max(1, peaks.length)} 64`}
      preserveAspectRatio="none"
      className="h-16 w-full rounded bg-sunken"
    >
      <path d={path} className="stroke-accent" strokeWidth={0.8} />
      <path
        d={`M${share * peaks.length} 0V64`}
        className="stroke-ink"
        strokeWidth={1}
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
