import type { AssetInfo } from "./asset.ts";
import type { Manifest, ManifestFormat } from "./manifest/manifest.ts";
import type { MediaInfo } from "./media.ts";

/** One file ffmpeg reads. `options` are the arguments before its `-i`. */
export interface CommandInput {
  path: string;
  options: readonly string[];
}

/** One file (or pattern) ffmpeg writes. `options` are the arguments before its path. */
export interface CommandOutput {
  path: string;
  options: readonly string[];
}

/**
 * One ffmpeg process, as data. `argvOf` (ffmpeg/argv.ts) gives the exact argument array; the flags that fence ffmpeg in
 * (`-nostdin`, protocol and demuxer allow-lists, progress) are added there for every command, not by planners.
 */
export interface Command {
  inputs: readonly CommandInput[];
  /** Options that stand before the first input, such as `-filter_complex`'s; usually empty. */
  globals: readonly string[];
  outputs: readonly CommandOutput[];
  /** Seconds of output this command is expected to write: the base of percent and time left. 0 when unknown. */
  expectedSeconds: number;
}

export const OUTPUT_ROLES = ["video", "audio", "playlist", "image", "sheet", "cues", "report"] as const;
export type OutputRole = (typeof OUTPUT_ROLES)[number];

/** What is known of an output before or without probing it; all optional, units in the names. */
export interface OutputFacts {
  container?: string;
  widthPx?: number;
  heightPx?: number;
  durationSeconds?: number;
  bitrateBps?: number;
  videoCodec?: string;
  audioCodec?: string;
  framesPerSecond?: number;
  /** Where on the source's time line a picture was taken. */
  atSeconds?: number;
  /** Of a sprite sheet: tiles on it, and their grid. */
  tileCount?: number;
  columns?: number;
  rows?: number;
  tileWidthPx?: number;
  tileHeightPx?: number;
}

/** A result a plan promises. Publishing checks that it is there and not empty. */
export interface DeclaredOutput {
  role: OutputRole;
  /** File name inside the output folder. */
  name: string;
  contentType: string;
  facts: OutputFacts;
  /**
   * Files that belong to it, by a prefix and suffix of their names in the same folder: an HLS playlist's segments.
   * `null` when it stands alone.
   */
  parts: { prefix: string; suffix: string } | null;
  /** Probe the finished file and store what was found over `facts`. */
  probe: boolean;
}

/** A text file the worker writes itself, after the commands: a WebVTT of sprite tiles, a manifest of what was encoded. */
export type PlannedFile = { name: string } & ({ text: string } | { format: ManifestFormat; manifest: Manifest });

/** Letters to be drawn, with nothing behind them. */
export interface Letters {
  text: string;
  font: "latin" | "cjk";
  sizePx: number;
  /** `#rrggbb`. */
  colour: string;
}

/**
 * A file that commands read, made before the first of them in the scratch folder: text (a list of files to join), or a
 * PNG of letters or of an SVG drawing. A drawing's side of 0 px follows its shape; with both 0 it is as large as it says.
 */
export type PreparedFile = { path: string } & (
  | { text: string }
  | { letters: Letters }
  | { svg: string; widthPx: number; heightPx: number }
);

export interface Plan {
  /** Absent: none. */
  prepared?: readonly PreparedFile[];
  commands: readonly Command[];
  files: readonly PlannedFile[];
  outputs: readonly DeclaredOutput[];
  /** Set the media's cover to the first output once it is published. */
  setsCover: boolean;
}

/** A file beside the source, placed by us. */
export type NamedFile = { of: "media"; path: string; info: MediaInfo } | { of: "asset"; path: string; info: AssetInfo };

/** Where a plan happens. Planners see paths as text and touch no disk. */
export interface PlanContext {
  media: MediaInfo;
  /** The source, a local file placed by us. */
  inputPath: string;
  /** An existing empty folder; everything written goes directly into it. */
  outputDir: string;
  /** A folder for what must not be published (two-pass statistics). */
  scratchDir: string;
  /** By id: everything that `referencesOf` the parameters lists. Whoever plans made sure of that. */
  files: Readonly<Record<string, NamedFile>>;
}

/** A media that the parameters refer to. */
export function mediaFile({ files }: PlanContext, mediaId: string): NamedFile & { of: "media" } {
  const file = files[mediaId];
  if (file?.of !== "media") throw new Error(`Media ${mediaId} was not placed`);
  return file;
}

/** An asset that the parameters refer to. */
export function assetFile({ files }: PlanContext, assetId: string): NamedFile & { of: "asset" } {
  const file = files[assetId];
  if (file?.of !== "asset") throw new Error(`Asset ${assetId} was not placed`);
  return file;
}
