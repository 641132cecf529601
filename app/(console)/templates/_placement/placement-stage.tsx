"use client";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { watermarkTemplateParams } from "#domain/modifiers/watermark/schema.ts";
import { type Draft, valueAt, withValueAt } from "../../../_forms/draft.ts";
import { useFieldWords } from "../../../_forms/field-words.ts";
import { classes } from "../../../_ui/classes.ts";
import { Segmented } from "../../../_ui/segmented.tsx";
import { MarkPreview } from "./mark-preview.tsx";
import { type Box, type Place, placeOf, type Size, styleOf } from "./place.ts";

const FRAMES = {
  wide: { widthPx: 1920, heightPx: 1080 },
  upright: { widthPx: 1080, heightPx: 1920 },
} as const satisfies Record<string, Size>;

const STEP_PX = 4;
const LARGE_STEP_PX = 40;

interface PlacementStageProps {
  /** Of a watermark template, maybe unfinished. */
  params: Draft;
  /** Absent: to look at. */
  onChange?: (params: Draft) => void;
}

/** A frame with the mark on it, as large and where it will be. */
export function PlacementStage({ params, onChange }: PlacementStageProps) {
  const t = useTranslations("templates.placement");
  const [shape, setShape] = useState<keyof typeof FRAMES>("wide");
  const frame = FRAMES[shape];
  // A picture that is still to be chosen has a place already.
  const hasPicture = valueAt(params, ["mark", "assetId"]) !== undefined;
  const parsed = watermarkTemplateParams.safeParse(hasPicture ? params : withValueAt(params, ["mark", "assetId"], "?"));
  const readable = parsed.success ? parsed : watermarkTemplateParams.safeParse(params);
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-xs text-muted">{onChange === undefined ? "" : t("text")}</p>
        <Segmented
          label={t("shape")}
          value={shape}
          onChange={setShape}
          options={[
            { value: "wide", label: t("wide") },
            { value: "upright", label: t("upright") },
          ]}
        />
      </div>
      <div
        data-stage
        className={classes(
          "[container-type:size] relative mx-auto overflow-hidden rounded-lg border border-line select-none",
          "bg-[linear-gradient(160deg,#1b2b4b_0%,#3f5d8a_38%,#d9a066_62%,#4a3b35_63%,#211a1a_100%)]",
          shape === "wide" ? "aspect-video w-full max-w-2xl" : "aspect-[9/16] w-56",
        )}
      >
        {readable.success && (
          <PlacedMark
            place={readable.data}
            frame={frame}
            onMove={
              onChange &&
              (({ origin, x, y }) =>
                onChange(withValueAt(withValueAt(withValueAt(params, ["origin"], origin), ["x"], x), ["y"], y)))
            }
          >
            <MarkPreview mark={readable.data.mark} opacityPercent={readable.data.opacityPercent} frame={frame} />
          </PlacedMark>
        )}
      </div>
      <p className="text-xs text-faint">{t("frame", { width: frame.widthPx, height: frame.heightPx })}</p>
    </div>
  );
}

interface PlacedMarkProps {
  place: Place;
  frame: Size;
  onMove?: (place: Place) => void;
  children: React.ReactNode;
}

function PlacedMark({ place, frame, onMove, children }: PlacedMarkProps) {
  const t = useTranslations("templates.placement");
  const words = useFieldWords();
  /** Where in the mark it was taken, in the frame's pixels. */
  const held = useRef<{ xPx: number; yPx: number } | null>(null);
  const style = styleOf(place, frame);
  const className = "absolute flex max-w-none";
  if (onMove === undefined) {
    return (
      <div className={className} style={style}>
        {children}
      </div>
    );
  }
  function onPointerDown(event: PointerEvent<HTMLButtonElement>): void {
    const { box, xPx, yPx } = measure(event.currentTarget, frame, event);
    held.current = { xPx: xPx - box.leftPx, yPx: yPx - box.topPx };
    event.currentTarget.setPointerCapture(event.pointerId);
  }
  function onPointerMove(event: PointerEvent<HTMLButtonElement>): void {
    if (held.current === null) return;
    const { box, xPx, yPx } = measure(event.currentTarget, frame, event);
    move({ ...box, leftPx: xPx - held.current.xPx, topPx: yPx - held.current.yPx });
  }
  function onKeyDown(event: KeyboardEvent<HTMLButtonElement>): void {
    const direction = DIRECTIONS[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    const { box } = measure(event.currentTarget, frame, { clientX: 0, clientY: 0 });
    const step = event.shiftKey ? LARGE_STEP_PX : STEP_PX;
    const [across, down] = direction;
    // Snapped to the middle, it takes a larger step to leave it.
    const leave = (by: number, isMiddle: boolean, sidePx: number) =>
      by * (isMiddle ? Math.max(step, 0.02 * sidePx) : step);
    const isMiddle = { across: !/left|right/i.test(place.origin), down: !/top|bottom/i.test(place.origin) };
    move({
      ...box,
      leftPx: box.leftPx + leave(across, isMiddle.across, frame.widthPx),
      topPx: box.topPx + leave(down, isMiddle.down, frame.heightPx),
    });
  }
  function move(box: Box): void {
    onMove?.(placeOf(box, frame, place));
  }
  return (
    <button
      type="button"
      aria-label={t("mark", { place: words.valueLabel("origin", place.origin) })}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        held.current = null;
      }}
      onLostPointerCapture={() => {
        held.current = null;
      }}
      onKeyDown={onKeyDown}
      className={classes(
        className,
        "cursor-grab touch-none outline-1 outline-white/70 outline-dashed hover:outline-white focus-visible:outline-2 focus-visible:outline-white focus-visible:outline-solid active:cursor-grabbing",
      )}
      style={style}
    >
      {children}
    </button>
  );
}

const DIRECTIONS: Readonly<Record<string, readonly [across: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A mark's box and a pointer, in the frame's pixels. */
function measure(mark: HTMLElement, frame: Size, pointer: { clientX: number; clientY: number }) {
  const stage = mark.closest("[data-stage]")?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
  const own = mark.getBoundingClientRect();
  const scale = frame.widthPx / stage.width;
  const box: Box = {
    leftPx: (own.left - stage.left) * scale,
    topPx: (own.top - stage.top) * scale,
    widthPx: own.width * scale,
    heightPx: own.height * scale,
  };
  return { box, xPx: (pointer.clientX - stage.left) * scale, yPx: (pointer.clientY - stage.top) * scale };
}
