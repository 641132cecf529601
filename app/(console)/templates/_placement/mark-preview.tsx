"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { CSSProperties } from "react";
import { sidePx } from "#domain/modifiers/length.ts";
import type { Mark } from "#domain/modifiers/watermark/schema.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import type { Size } from "./place.ts";

/** Of a drawing that comes with its use, and of which nothing is known yet. */
const UNKNOWN_DRAWING: Size = { widthPx: 320, heightPx: 160 };

const FAMILIES = {
  latin: "'Liberation Sans', Arial, sans-serif",
  cjk: "'Noto Sans CJK SC', 'PingFang SC', sans-serif",
} as const;

interface MarkPreviewProps {
  mark: Mark;
  opacityPercent: number;
  frame: Size;
}

export function MarkPreview({ mark, opacityPercent, frame }: MarkPreviewProps) {
  const t = useTranslations("templates.placement");
  const opacity = opacityPercent / 100;
  switch (mark.type) {
    case "image":
      return <PicturePreview mark={mark} opacity={opacity} frame={frame} />;
    case "text": {
      const fontSize = `${(100 * sidePx(mark.letterSize, frame)) / frame.heightPx}cqh`;
      const style = { fontSize, color: mark.colour, fontFamily: FAMILIES[mark.font], opacity };
      return (
        <span className="leading-none whitespace-pre" style={style}>
          {mark.text || t("sampleText")}
        </span>
      );
    }
    case "svg":
      return <Blank style={{ ...sizeStyle(mark, UNKNOWN_DRAWING, frame), opacity }}>SVG</Blank>;
  }
}

function PicturePreview({ mark, opacity, frame }: { mark: Mark & { type: "image" }; opacity: number; frame: Size }) {
  const t = useTranslations("templates.placement");
  const trpc = useTRPC();
  const asset = useQuery({ ...trpc.assets.get.queryOptions({ id: mark.assetId }), enabled: mark.assetId !== "?" });
  if (asset.data?.info.kind !== "image") {
    return <Blank style={{ ...sizeStyle(mark, UNKNOWN_DRAWING, frame), opacity }}>{t("noPicture")}</Blank>;
  }
  return (
    <img
      src={asset.data.url}
      alt=""
      draggable={false}
      className="pointer-events-none max-w-none"
      style={{ ...sizeStyle(mark, asset.data.info, frame), opacity }}
    />
  );
}

function Blank({ style, children }: { style: CSSProperties; children: string }) {
  return (
    <span
      className="flex items-center justify-center overflow-hidden rounded-sm bg-white/30 text-[3cqh] text-white"
      style={style}
    >
      {children}
    </span>
  );
}

/** Against the stage, whose own size is the unit. */
function sizeStyle({ width, height }: Exclude<Mark, { type: "text" }>, own: Size, frame: Size): CSSProperties {
  const [widthPx, heightPx] = [sidePx(width, frame), sidePx(height, frame)];
  const shown =
    widthPx === 0 && heightPx === 0
      ? own
      : {
          widthPx: widthPx || (heightPx * own.widthPx) / own.heightPx,
          heightPx: heightPx || (widthPx * own.heightPx) / own.widthPx,
        };
  return {
    width: `${(100 * shown.widthPx) / frame.widthPx}cqw`,
    height: `${(100 * shown.heightPx) / frame.heightPx}cqh`,
  };
}
