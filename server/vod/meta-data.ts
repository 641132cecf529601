import type { MediaInfo } from "../domain/media.ts";

/** `MediaMetaData`: what was probed of a file, with the sizes of its stored frames and how they are to be turned. */
export function metaDataOf({ formatName, sizeBytes, bitrateBps, durationSeconds, video, audio }: MediaInfo) {
  const lengths = audio.map((track) => track.durationSeconds ?? durationSeconds);
  return {
    Size: sizeBytes,
    Container: formatName,
    Bitrate: Math.round(bitrateBps),
    Height: video?.heightPx ?? 0,
    Width: video?.widthPx ?? 0,
    Duration: durationSeconds,
    Rotate: video?.rotationDegrees ?? 0,
    VideoStreamSet:
      video === null
        ? []
        : [
            {
              Bitrate: Math.round(video.bitrateBps),
              Height: video.heightPx,
              Width: video.widthPx,
              Codec: video.codec,
              Fps: Math.round(video.framesPerSecond),
              CodecTag: video.codecTag,
              DynamicRangeInfo: dynamicRangeOf(video.dynamicRange),
            },
          ],
    AudioStreamSet: audio.map(({ bitrateBps, sampleRateHz, codec }) => ({
      Bitrate: Math.round(bitrateBps),
      SamplingRate: sampleRateHz,
      Codec: codec,
    })),
    VideoDuration: video === null ? 0 : (video.durationSeconds ?? durationSeconds),
    AudioDuration: Math.max(0, ...lengths),
    Md5: "",
  };
}

function dynamicRangeOf(range: "sdr" | "hdr10" | "hlg") {
  return range === "sdr" ? { Type: "SDR", HDRType: "" } : { Type: "HDR", HDRType: range };
}
