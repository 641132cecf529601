import type { Encrypting } from "../../modifiers/encryption/encrypt.ts";
import type { CommandOutput, DeclaredOutput, OutputFacts } from "../../plan.ts";
import { HLS_SEGMENT_SECONDS_DEFAULT } from "./hls-params.ts";

/** Titles, GPS positions and device names of a source do not travel into what is published; chapters become a track. */
export const NO_METADATA = ["-map_metadata", "-1", "-map_chapters", "-1"];

export interface Hls {
  hlsSegmentSeconds: number;
  hlsSegmentType: "ts" | "fmp4";
}

export interface ContainerWish extends Hls {
  container: "mp4" | "hls" | "flv" | "webm";
}

/** What goes into the container: the output options of its streams, and what is known of them. */
export interface Contents {
  role: "video" | "audio";
  streamArgs: readonly string[];
  facts: OutputFacts;
  /** H.265 in MP4 has two names, and Apple's players know one. */
  videoTag: string | null;
  encryption: Encrypting;
}

export function hlsSegmentSecondsOf({ hlsSegmentSeconds }: Hls): number {
  return hlsSegmentSeconds || HLS_SEGMENT_SECONDS_DEFAULT;
}

/** The muxer of HLS and what holds for every playlist; the names of its files are still to be said. */
export function hlsArgs(segmentSeconds: number, segmentType: Hls["hlsSegmentType"]): string[] {
  return [
    ...["-f", "hls", "-hls_time", String(segmentSeconds)],
    // Complete from the start: EXT-X-PLAYLIST-TYPE:VOD with every segment, and EXT-X-ENDLIST.
    ...["-hls_playlist_type", "vod", "-hls_list_size", "0"],
    ...["-hls_flags", "independent_segments"],
    ...["-hls_segment_type", segmentType === "fmp4" ? "fmp4" : "mpegts"],
  ];
}

/** The file or playlist to write, and the promise of it. Shared by the kinds that write such files. */
export function containerOutput(
  wish: ContainerWish,
  contents: Contents,
  outputDir: string,
): { output: CommandOutput; declared: DeclaredOutput } {
  const { role, streamArgs, videoTag, encryption } = contents;
  const facts = { container: wish.container, ...contents.facts, ...encryption.facts };
  const tag = videoTag === null ? [] : ["-tag:v", videoTag];
  switch (wish.container) {
    case "mp4": {
      const name = `${role}.mp4`;
      // The index goes to the front, so that playing starts before everything is loaded.
      const options = [...streamArgs, ...tag, ...NO_METADATA, "-movflags", "+faststart", "-f", "mp4"];
      const contentType = `${role}/mp4`;
      return {
        output: { path: `${outputDir}/${name}`, options },
        declared: { role, name, contentType, facts, parts: null, probe: true },
      };
    }
    case "flv": {
      const name = `${role}.flv`;
      return {
        output: { path: `${outputDir}/${name}`, options: [...streamArgs, ...NO_METADATA, "-f", "flv"] },
        declared: { role, name, contentType: "video/x-flv", facts, parts: null, probe: true },
      };
    }
    case "webm": {
      const name = `${role}.webm`;
      // The index goes to the front, in room that is set aside and grows with the length of the video.
      const options = [...streamArgs, ...NO_METADATA, "-cues_to_front", "1", "-f", "webm"];
      return {
        output: { path: `${outputDir}/${name}`, options },
        declared: { role, name, contentType: `${role}/webm`, facts, parts: null, probe: true },
      };
    }
    case "hls": {
      const fragmented = wish.hlsSegmentType === "fmp4";
      const segment = `${role}-%05d.${fragmented ? "m4s" : "ts"}`;
      const options = [
        ...[...streamArgs, ...(fragmented ? tag : []), ...NO_METADATA],
        ...hlsArgs(hlsSegmentSecondsOf(wish), wish.hlsSegmentType),
        ...encryption.args,
        ...(fragmented ? ["-hls_fmp4_init_filename", `${role}-init.mp4`] : []),
        // The muxer would also replace a `%05d` in the folder's name; ours hold none.
        ...["-hls_segment_filename", `${outputDir}/${segment}`],
      ];
      const name = `${role}.m3u8`;
      const contentType = "application/vnd.apple.mpegurl";
      // Not probed: a playlist opens further files, which is what the probe is fenced against.
      return {
        output: { path: `${outputDir}/${name}`, options },
        declared: {
          ...{ role: "playlist", name, contentType, facts },
          ...{ parts: { prefix: `${role}-`, suffix: "" }, probe: false },
        },
      };
    }
  }
}
