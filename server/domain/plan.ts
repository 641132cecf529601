import type { AssetInfo } from "./asset.ts";
import type { KeyFrames } from "./ffmpeg/key-frames.ts";
import type { Manifest, ManifestFormat } from "./manifest/manifest.ts";
import type { MediaInfo } from "./media.ts";
import type { Verdict } from "./report/report.ts";

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
  /** How long a second of it takes, compared with encoding a picture. Absent: as long. */
  effort?: number;
  /** That it fails says something of the media, and the plan goes on. Absent: it may not. */
  mayFail?: boolean;
  /** WebVTT files it writes, to be cut to a stretch of the source afterwards. Absent: none. */
  cues?: readonly { path: string; startSeconds: number; durationSeconds: number }[];
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
  /** Of its main streams; absent where the file does not say. */
  videoBitrateBps?: number;
  audioBitrateBps?: number;
  sampleRateHz?: number;
  videoCodec?: string;
  audioCodec?: string;
  framesPerSecond?: number;
  /** Of an adaptive stream that was to copy a rung which the source already is: whether it did. */
  copiedRung?: boolean;
  /** Where on the source's time line a picture was taken. */
  atSeconds?: number;
  /** Of a sprite sheet: tiles on it, and their grid. */
  tileCount?: number;
  columns?: number;
  rows?: number;
  tileWidthPx?: number;
  tileHeightPx?: number;
  /** How its segments are encrypted; absent when they are not. */
  encryption?: "aes-128";
  /** Of a report. */
  verdict?: Verdict;
  findingCount?: number;
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
  /** In the scratch folder, where a filter chose the frame: the report (ffmpeg/frame-report.ts) that says `atSeconds`. */
  report?: string;
  /** A picture of what may not be decodable. Absent: it may not. */
  mayBeMissing?: boolean;
}

/**
 * Pictures that a filter chooses by what is on them: how many there are, from one on, and where, is known when the commands
 * have run. Their report in the scratch folder has a line for each.
 */
export interface DeclaredSeries extends Omit<DeclaredOutput, "name" | "report"> {
  /** As the image muxer counts, from 1: `scene-%05d.jpg`. */
  numbering: { prefix: string; digits: number; suffix: string };
  report: string;
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

/** What not every ffmpeg can: H.265 has a place in FLV since 6.1. */
export type Ability = "h265-in-flv";
/** Where a key has to lie before the commands start. The plan knows the places, the worker makes what is put there. */
export interface ContentKeyPaths {
  /** 16 random bytes. */
  path: string;
  /** What ffmpeg reads of them (modifiers/encryption). */
  infoPath: string;
}

export interface Plan {
  /** What the worker's ffmpeg must be able to do. Absent: nothing special. */
  needs?: readonly Ability[];
  /** Absent: none. */
  prepared?: readonly PreparedFile[];
  /** Absent: nothing is encrypted. */
  contentKey?: ContentKeyPaths;
  commands: readonly Command[];
  files: readonly PlannedFile[];
  outputs: readonly DeclaredOutput[];
  /** Absent: none. `declaredOutputs` turns them into outputs. */
  series?: readonly DeclaredSeries[];
  /**
   * What is to be done depends on what the commands found out. When they have run, `continueOperation` makes a second plan
   * from what they wrote into the scratch folder, and it is carried out as part of this one. Absent: this is all.
   */
  continues?: boolean;
  /** Set the media's cover to the first output once it is published. */
  setsCover: boolean;
  /** The only output becomes a media of its own, and not an output. Absent: it does not. */
  newMedia?: MediaWish;
}

/** What is said of a media that is still to be made. */
export interface MediaWish {
  name: string;
  /** To run on it as soon as it is there; null for none. */
  procedureName: string | null;
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
  /** Of the video, where `needsKeyFrames` says that the operation wants to know. Null: they could not be found. */
  keyFrames?: KeyFrames | null;
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
