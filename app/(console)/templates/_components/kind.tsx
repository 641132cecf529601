"use client";
import {
  AudioLines,
  Camera,
  Clapperboard,
  Combine,
  Film,
  GalleryHorizontalEnd,
  Grid3x3,
  HeartPulse,
  Image,
  Images,
  Layers,
  type LucideIcon,
  Repeat2,
  ScanSearch,
  Scissors,
  SquareStack,
  Stamp,
} from "lucide-react";
import type { OperationKind } from "#domain/operations/operation.ts";
import type { TemplateKind } from "#domain/template.ts";
import { classes } from "../../../_ui/classes.ts";

const ICONS: Record<OperationKind | TemplateKind, LucideIcon> = {
  transcode: Clapperboard,
  remux: Repeat2,
  audio: AudioLines,
  snapshot: Camera,
  cover: Image,
  "sampled-snapshot": Images,
  sprite: Grid3x3,
  "animated-graphic": Film,
  "adaptive-streaming": Layers,
  inspection: ScanSearch,
  "health-check": HeartPulse,
  edit: Combine,
  split: Scissors,
  compose: SquareStack,
  watermark: Stamp,
  "head-tail": GalleryHorizontalEnd,
};

export function KindIcon({ kind, className }: { kind: OperationKind | TemplateKind; className?: string }) {
  const Icon = ICONS[kind];
  return <Icon className={classes("size-4 shrink-0", className)} aria-hidden />;
}
